using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Solvers.ParallelTempering;

/// <summary>
/// Temperatures of the replicas and their exchange (Hukushima and Nemoto, "Exchange Monte Carlo method and application to spin
/// glass simulations", J. Phys. Soc. Jpn. 65, 1996): two replicas of a set at neighbouring temperatures change them with
/// probability min(1, exp((β - β')(E - E'))). A lane keeps its assignment; what moves is the temperature.
/// </summary>
/// <remarks>
/// The two ends stay, between them the temperatures are moved until neighbours change places equally often (Rathore, Chopra
/// and de Pablo, J. Chem. Phys. 122, 024111, 2005), after the rounds in <see cref="AdaptAfter"/>; then they are fixed, so that
/// what follows samples the product of the Boltzmann distributions.
/// </remarks>
internal sealed class Ladder
{
    /// <summary>Rounds of exchange after which the temperatures between the ends move. Counted, so that a run replays.</summary>
    private static readonly int[] AdaptAfter = [50, 100, 200, 400, 800];

    private readonly int _sets;
    private readonly double[] _temperatures;
    private readonly int[] _rung;
    private readonly int[] _lane;
    private readonly long[] _tried;
    private readonly long[] _changed;
    private int _rounds;

    /// <summary>Geometric between the ends, in units of the fields; replica r of set s begins at rung r.</summary>
    public Ladder(double hot, double cold, int rungs, int sets)
    {
        _sets = sets;
        _temperatures = new double[rungs];
        for (var k = 0; k < rungs; k++)
            _temperatures[k] = rungs == 1 ? cold : cold * Math.Pow(hot / cold, k / (rungs - 1.0));
        _rung = [.. Enumerable.Range(0, rungs * sets).Select(lane => lane % rungs)];
        _lane = [.. Enumerable.Range(0, rungs * sets)];
        _tried = new long[rungs];
        _changed = new long[rungs];
    }

    /// <summary>Ascending: the first is the coldest.</summary>
    public IReadOnlyList<double> Temperatures => _temperatures;

    /// <summary>True once the temperatures move no more.</summary>
    public bool IsFixed => _rounds >= AdaptAfter[^1];

    public double TemperatureOf(int lane) => _temperatures[_rung[lane]];

    /// <summary>The lane that is at a rung in a set.</summary>
    public int LaneAt(int set, int rung) => _lane[set * _temperatures.Length + rung];

    /// <summary>One round: every other pair of neighbours in every set, even and odd ones in turn.</summary>
    /// <param name="energies">Of every lane, in units of the fields.</param>
    public void Exchange(ReadOnlySpan<long> energies, Xoshiro256 random)
    {
        for (var set = 0; set < _sets; set++)
        for (var k = _rounds % 2; k + 1 < _temperatures.Length; k += 2)
        {
            var (colder, hotter) = (LaneAt(set, k), LaneAt(set, k + 1));
            var gain =
                (1 / _temperatures[k] - 1 / _temperatures[k + 1]) * (energies[colder] - (double)energies[hotter]);
            _tried[k]++;
            if (gain < 0 && random.NextDouble() >= Math.Exp(gain))
                continue;
            _changed[k]++;
            (_rung[colder], _rung[hotter]) = (k + 1, k);
            (_lane[set * _temperatures.Length + k], _lane[set * _temperatures.Length + k + 1]) = (hotter, colder);
        }
        _rounds++;
        if (Array.IndexOf(AdaptAfter, _rounds) >= 0)
            Adapt();
    }

    /// <summary>Share of tries that changed places, of each pair of neighbours since the temperatures moved last.</summary>
    public double[] Rates => [.. _tried[..^1].Select((tried, k) => tried == 0 ? 0 : _changed[k] / (double)tried)];

    /// <summary>
    /// A gap in ln T grows where its rate is above the mean and shrinks where it is below, by at most 2 and with a share added to
    /// each so that a rate of 0 closes no gap; then all are scaled to the ends.
    /// </summary>
    private void Adapt()
    {
        var rates = Rates;
        var range = Math.Log(_temperatures[^1] / _temperatures[0]);
        if (range == 0)
            return;
        const double Share = 0.1;
        var mean = rates.Average();
        var gaps = new double[rates.Length];
        for (var k = 0; k < gaps.Length; k++)
            gaps[k] =
                Math.Log(_temperatures[k + 1] / _temperatures[k])
                * Math.Clamp((rates[k] + Share) / (mean + Share), 0.5, 2);
        var stretch = range / gaps.Sum();
        for (var k = 1; k < gaps.Length; k++)
            _temperatures[k] = _temperatures[k - 1] * Math.Exp(stretch * gaps[k - 1]);
        Array.Clear(_tried);
        Array.Clear(_changed);
    }
}
