namespace QuantumAiWorkflows.Quantum.QSharp;

internal sealed partial class QSharpInstance
{
    /// <summary>Asks Microsoft's resource estimator what <paramref name="expression"/> takes on fault-tolerant machines.</summary>
    /// <param name="parameters">A JSON array, one object for each machine.</param>
    /// <returns>A JSON array of results in the same order.</returns>
    /// <inheritdoc cref="Run"/>
    public string Estimate(QSharpProgram program, string expression, string parameters, Func<bool>? isOver = null) =>
        Guard(
            isOver,
            result =>
            {
                var (address, length) = _imports.WriteString(expression);
                var (parametersAddress, parametersLength) = _imports.WriteString(parameters);
                Call(
                    "get_estimates",
                    result,
                    _heap.Add(program.ToJavaScript()),
                    address,
                    length,
                    parametersAddress,
                    parametersLength
                );
                if (_memory.ReadInt32(result + 12) != 0)
                    throw new QSharpProgramException(Message(_heap.Take(_memory.ReadInt32(result + 8))));
                var (textAddress, textLength) = (_memory.ReadInt32(result), _memory.ReadInt32(result + 4));
                var text = _imports.ReadString(textAddress, textLength);
                Call("__wbindgen_export5", textAddress, textLength, 1);
                return text;
            }
        );
}
