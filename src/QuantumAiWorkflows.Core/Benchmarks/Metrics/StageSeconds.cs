using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.Benchmarks.Metrics;

/// <summary>The stages of a run that are told apart, so that the step itself can be compared without what is around it.</summary>
public enum RunStage
{
    /// <summary>Into a QUBO.</summary>
    Encode,

    /// <summary>Of a circuit.</summary>
    Compile,

    Solve,

    /// <summary>Back into the problem's own terms.</summary>
    Decode,
}

/// <summary>How long one stage of a run took.</summary>
public sealed class StageSeconds(RunStage stage) : IMetric
{
    public string Id =>
        stage switch
        {
            RunStage.Encode => "encodeSeconds",
            RunStage.Compile => "compileSeconds",
            RunStage.Solve => "solveSeconds",
            _ => "decodeSeconds",
        };

    public string Unit => "seconds";

    public string Definition =>
        stage switch
        {
            RunStage.Encode => "Mean wall seconds of writing the problem as a QUBO, where a solver needs one.",
            RunStage.Compile => "Mean wall seconds of compiling the circuit; a run that found it compiled has 0.",
            RunStage.Solve => "Mean wall seconds of the solver itself, encoding and compilation not included.",
            _ => "Mean wall seconds of reading the solver's bits as an answer to the problem.",
        } + " Of runs that started; none where no run had the stage.";

    public string Source => "The child's clock around each stage.";

    public Measurement Measure(EntrantRuns runs)
    {
        var seconds = runs.Runs.Where(r => r.HasStarted()).Select(r => Of(r.Metrics)).ToArray();
        return seconds.Length == 0 ? Measurement.None("No run started.")
            : seconds.All(s => s == 0) ? Measurement.None("No run had this stage.")
            : Measurement.Of(ExactSum.Mean(seconds));
    }

    private double Of(RunMetrics metrics) =>
        stage switch
        {
            RunStage.Encode => metrics.EncodeSeconds,
            RunStage.Compile => metrics.CompileSeconds,
            RunStage.Solve => metrics.SolveSeconds,
            _ => metrics.DecodeSeconds,
        };
}
