using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace QuantumAiWorkflows.Cli.Benchmarks;

/// <summary>How far a benchmark is: a bar with the time left in a terminal, a line now and then in a log.</summary>
internal sealed class ProgressView(Screen screen, string name)
{
    private static readonly TimeSpan LogInterval = TimeSpan.FromSeconds(15);

    private readonly long _began = Stopwatch.GetTimestamp();
    private long _logged = Stopwatch.GetTimestamp();
    private int _done;
    private int _total;
    private int? _first;
    private ProgressTask? _bar;

    /// <summary>Shows progress while <paramref name="work"/> goes on.</summary>
    public async Task ShowAsync(Func<Task> work)
    {
        if (!screen.IsLive)
        {
            await work();
            return;
        }
        await screen
            .Error.Progress()
            .Columns(
                new TaskDescriptionColumn(),
                new ProgressBarColumn(),
                new PercentageColumn(),
                new ElapsedTimeColumn(),
                new RemainingTimeColumn()
            )
            .StartAsync(async progress =>
            {
                _bar = progress.AddTask(Markup.Escape(name));
                await work();
            });
    }

    public void Report(int done, int total)
    {
        // Runs that a solver refuses are recorded at once and say nothing about the time left.
        _first ??= done;
        (_done, _total) = (done, total);
        if (_bar is not null)
        {
            _bar.MaxValue = total;
            _bar.Value = done;
            _bar.Description = Markup.Escape($"{name}: {done} of {total} runs");
        }
        else if (done == total || Stopwatch.GetElapsedTime(_logged) >= LogInterval)
        {
            _logged = Stopwatch.GetTimestamp();
            screen.Note(Line());
        }
    }

    private string Line()
    {
        var elapsed = Stopwatch.GetElapsedTime(_began);
        var line = $"{name}: {_done} of {_total} runs, {100 * _done / Math.Max(1, _total)} %, {Clock(elapsed)} gone";
        var run = _done - _first!.Value;
        return run == 0 || _done == _total ? line : $"{line}, about {Clock(elapsed * (_total - _done) / run)} left";
    }

    private static string Clock(TimeSpan time) => time.ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture);
}
