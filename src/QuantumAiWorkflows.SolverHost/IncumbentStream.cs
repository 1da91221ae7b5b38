using System.Text.Json.Nodes;
using QuantumAiWorkflows.Work;

namespace QuantumAiWorkflows.SolverHost;

/// <summary>
/// Passes improvements on, at most 20 a second in the long run and 10 at once, and always the last one: a heuristic
/// improves thousands of times in its first millisecond, and a killed run is worth its newest answer.
/// </summary>
internal sealed class IncumbentStream : IDisposable
{
    private const double PerSecond = 20;
    private const double Burst = 10;

    private readonly long _requestId;
    private readonly Pipes _pipes;
    private readonly Timer _timer;
    private readonly Lock _lock = new();
    private double _tokens = Burst;
    private long _refilled = Environment.TickCount64;
    private IncumbentMessage? _pending;

    public IncumbentStream(long requestId, Pipes pipes)
    {
        (_requestId, _pipes) = (requestId, pipes);
        var period = TimeSpan.FromSeconds(1 / PerSecond);
        _timer = new Timer(_ => SendPending(), null, period, period);
    }

    public void Add(JsonObject solution, double? bound)
    {
        lock (_lock)
            _pending = new(_requestId, solution, bound is { } b && double.IsFinite(b) ? b : null);
        SendPending();
    }

    /// <summary>Sends what is left, whatever the rate.</summary>
    public void Flush()
    {
        lock (_lock)
            _tokens = Burst;
        SendPending();
    }

    public void Dispose() => _timer.Dispose();

    private void SendPending()
    {
        lock (_lock)
        {
            var now = Environment.TickCount64;
            _tokens = Math.Min(Burst, _tokens + (now - _refilled) * PerSecond / 1000);
            _refilled = now;
            if (_pending is not { } message || _tokens < 1)
                return;
            _tokens--;
            _pending = null;
            // Sent under the lock: incumbents must arrive in the order in which they were found.
            _pipes.Send(FrameKind.Incumbent, message);
        }
    }
}
