using QuantumAiWorkflows.Quantum.Qaoa;
using QuantumAiWorkflows.Quantum.Qir;

namespace QuantumAiWorkflows.UnitTests.Quantum.Qir;

public class QirCircuitTests
{
    private static string Program(int qubits, params string[] calls) =>
        $$"""
            %Result = type opaque
            define i64 @ENTRYPOINT__main() #0 {
            block_0:
              call void @__quantum__rt__initialize(i8* null)
            {{string.Join('\n', calls.Select(c => $"  {c}"))}}
              ret i64 0
            }
            declare void @__quantum__qis__swap__body(%Qubit*, %Qubit*)
            attributes #0 = { "entry_point" "required_num_qubits"="{{qubits}}" "required_num_results"="{{qubits}}" }
            """;

    private static string Gate(string name, string? angle, params int[] qubits) =>
        $"call void @__quantum__qis__{name}__body({string.Join(", ", (angle is null ? [] : new[] { $"double {angle}" })
            .Concat(qubits.Select(q => $"%Qubit* inttoptr (i64 {q} to %Qubit*)")))})";

    [Fact]
    public void Gates_are_read_in_order_with_their_angles()
    {
        var circuit = QirCircuit.Parse(
            Program(
                3,
                Gate("h", null, 2),
                Gate("rz", "-0.0000002", 0),
                Gate("rzz", "0x3FF0000000000000", 0, 1),
                Gate("rx", "1e-3", 1),
                Gate("m", null, 1, 2)
            )
        );

        circuit
            .Gates.Should()
            .Equal(
                new QirGate(QirGateKind.H, 0, 2, -1),
                new QirGate(QirGateKind.Rz, -2e-7, 0, -1),
                new QirGate(QirGateKind.Rzz, 1, 0, 1),
                new QirGate(QirGateKind.Rx, 1e-3, 1, -1),
                new QirGate(QirGateKind.M, 0, 1, 2)
            );
        circuit
            .Counts.Should()
            .Equal(
                new Dictionary<string, int>
                {
                    ["h"] = 1,
                    ["rx"] = 1,
                    ["rz"] = 1,
                    ["rzz"] = 1,
                    ["m"] = 1,
                }
            );
    }

    [Fact]
    public void Gates_of_every_kind_are_read_and_those_on_two_qubits_counted()
    {
        var circuit = QirCircuit.Parse(
            Program(
                3,
                Gate("x", null, 0),
                Gate("ry", "-0.5", 1),
                Gate("cz", null, 0, 1),
                Gate("cx", null, 1, 0),
                Gate("cnot", null, 0, 2),
                Gate("rxx", "0.25", 2, 1),
                Gate("ryy", "0.25", 2, 1)
            )
        );

        circuit
            .Gates.Should()
            .Equal(
                new QirGate(QirGateKind.X, 0, 0, -1),
                new QirGate(QirGateKind.Ry, -0.5, 1, -1),
                new QirGate(QirGateKind.Cz, 0, 0, 1),
                new QirGate(QirGateKind.Cx, 0, 1, 0),
                new QirGate(QirGateKind.Cx, 0, 0, 2),
                new QirGate(QirGateKind.Rxx, 0.25, 2, 1),
                new QirGate(QirGateKind.Ryy, 0.25, 2, 1)
            );
        circuit.TwoQubitGates.Should().Be(5);
        circuit.Depth.Should().Be(6, "after the first two gates each waits for the one before");
        circuit.Counts["cx"].Should().Be(2);
    }

    [Fact]
    public void Other_angles_are_put_into_the_text_to_the_last_bit()
    {
        var text = Program(
            2,
            Gate("h", null, 0),
            Gate("rz", "2.0", 0),
            Gate("rzz", "1.0", 0, 1),
            Gate("m", null, 0, 0)
        );
        double[] angles = [0, 1e-20, -1.0 / 3, 0];

        var changed = QirCircuit.WithAngles(text, angles);

        QirCircuit.Parse(changed).Gates.Select(g => g.Angle).Should().Equal(angles);
        changed.Should().Contain("rz__body(double 1.0E-20, ").And.Contain("rzz__body(double -0.3333333333333333, ");
        changed.Replace("1.0E-20", "2.0").Replace("-0.3333333333333333", "1.0").Should().Be(text + "\n");
    }

    [Fact]
    public void A_gate_twice_on_one_qubit_is_refused()
    {
        var parse = () => QirCircuit.Parse(Program(2, Gate("cx", null, 1, 1)));

        parse.Should().Throw<QirException>().WithMessage("*cx is twice on qubit 1*");
    }

    [Fact]
    public void Depth_lets_gates_on_different_qubits_run_together()
    {
        // Two pairs side by side, then one that waits for both, then a gate beside it.
        var circuit = QirCircuit.Parse(
            Program(5, Gate("rzz", "1.0", 0, 1), Gate("rzz", "1.0", 2, 3), Gate("rzz", "1.0", 1, 2), Gate("h", null, 4))
        );

        circuit.Depth.Should().Be(2);
        circuit.TwoQubitGates.Should().Be(3);
    }

    [Theory]
    [InlineData(
        "call void @__quantum__qis__swap__body(%Qubit* inttoptr (i64 0 to %Qubit*), %Qubit* inttoptr (i64 1 to %Qubit*))"
    )]
    [InlineData("call void @__quantum__qis__t__adj(%Qubit* inttoptr (i64 0 to %Qubit*))")]
    [InlineData("%0 = call i1 @__quantum__rt__read_result(%Result* inttoptr (i64 0 to %Result*))")]
    [InlineData("br label %block_1")]
    [InlineData("call void @__quantum__qis__rx__body(double %angle, %Qubit* inttoptr (i64 0 to %Qubit*))")]
    public void Anything_else_is_refused(string line)
    {
        var parse = () => QirCircuit.Parse(Program(2, line));

        parse.Should().Throw<Exception>().Which.Should().Match(e => e is QirException || e is FormatException);
    }

    [Fact]
    public void A_qubit_beyond_the_register_is_refused()
    {
        var parse = () => QirCircuit.Parse(Program(2, Gate("h", null, 2)));

        parse.Should().Throw<QirException>().WithMessage("*qubit 2 of 2*");
    }

    [Theory]
    [InlineData("1.5", "2.0", "layer 1")]
    [InlineData("1.0", "3.0", "one angle in all mixers")]
    public void Layers_that_differ_are_no_qaoa_circuit(string rz, string rx, string complaint)
    {
        var qir = QirCircuit.Parse(
            Program(
                1,
                Gate("h", null, 0),
                Gate("rz", "1.0", 0),
                Gate("rx", "2.0", 0),
                Gate("rz", rz, 0),
                Gate("rx", rx, 0),
                Gate("m", null, 0, 0)
            )
        );

        var read = () => QaoaCircuit.From(qir, 2);

        read.Should().Throw<QirException>().WithMessage($"*{complaint}*");
    }
}
