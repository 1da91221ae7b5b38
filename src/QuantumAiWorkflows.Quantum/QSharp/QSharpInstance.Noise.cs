using System.Text.Json;
using QuantumAiWorkflows.Quantum.Noise;

namespace QuantumAiWorkflows.Quantum.QSharp;

internal sealed partial class QSharpInstance
{
    /// <summary>
    /// Runs <paramref name="expression"/> in the simulator with uniform noise: after every gate, and before every
    /// measurement, each of its qubits meets a Pauli error with these rates and is lost with the probability
    /// <paramref name="loss"/>.
    /// </summary>
    /// <param name="onResult">Given the value of each shot, such as <c>[One, Loss]</c>.</param>
    /// <inheritdoc cref="Run"/>
    public void RunWithNoise(
        QSharpProgram program,
        string expression,
        int shots,
        PauliRates pauli,
        double loss,
        Action<string> onResult,
        Func<bool>? isOver = null
    )
    {
        string? failure = null;
        void OnEvent(string json)
        {
            using var document = JsonDocument.Parse(json);
            var item = document.RootElement;
            if (item.GetProperty("type").GetString() != "Result")
                return;
            if (item.GetProperty("success").GetBoolean())
                onResult(item.GetProperty("result").GetString()!);
            else
                failure ??= item.GetProperty("result").GetProperty("message").GetString();
        }

        Guard(
            isOver,
            result =>
            {
                var (address, length) = _imports.WriteString(expression);
                var callback = _heap.Borrow((Action<string>)OnEvent);
                var rates = _heap.Borrow(new List<object> { pauli.X, pauli.Y, pauli.Z });
                var lost = _heap.Borrow(loss);
                Call(
                    "runWithNoise",
                    result,
                    _heap.Add(program.ToJavaScript()),
                    address,
                    length,
                    callback,
                    shots,
                    rates,
                    lost
                );
                _heap.EndBorrow();
                _heap.EndBorrow();
                _heap.EndBorrow();
                if (_memory.ReadInt32(result + 8) != 0)
                    failure ??= Message(_heap.Take(_memory.ReadInt32(result + 4)));
                return 0;
            }
        );
        if (failure is not null)
            throw new QSharpProgramException(failure);
    }
}
