namespace QuantumAiWorkflows.Quantum.QSharp;

/// <summary>A call into the Q# toolchain did not give a result.</summary>
public abstract class QSharpException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The Q# program does not compile, or it failed while running; the message is the compiler's own.</summary>
public sealed class QSharpProgramException(string message) : QSharpException(message);

/// <summary>The caller's interrupt ended the call.</summary>
public sealed class QSharpInterruptedException(Exception inner)
    : QSharpException("The Q# call was interrupted before it ended.", inner);

/// <summary>The module wanted more memory than its instance may have.</summary>
public sealed class QSharpMemoryException(long limitBytes, Exception inner)
    : QSharpException($"The Q# call needed more than the {limitBytes} bytes that it may use.", inner)
{
    public long LimitBytes { get; } = limitBytes;
}

/// <summary>The module is not the one that this program was written for, or is damaged.</summary>
public sealed class QSharpModuleException(string message, Exception? inner = null) : QSharpException(message, inner);
