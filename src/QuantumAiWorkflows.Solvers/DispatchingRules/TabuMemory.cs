namespace QuantumAiWorkflows.Solvers.DispatchingRules;

/// <summary>
/// Until which step a pair of numbers is forbidden. Up to a thousand tasks every pair has a place of its own; beyond, pairs
/// share places, and now and then one is forbidden for another's sake.
/// </summary>
internal sealed class TabuMemory
{
    private const int MostPlaces = 1 << 20;

    private readonly int[] _until;
    private readonly long _width;

    public TabuMemory(int width)
    {
        _width = width;
        var places = 1024;
        while (places < MostPlaces && places < (long)width * width)
            places *= 2;
        _until = new int[places];
    }

    public void Clear() => _until.AsSpan().Clear();

    public void Forbid(int left, int right, int until) => _until[Place(left, right)] = until;

    public bool Forbids(int left, int right, int step) => _until[Place(left, right)] > step;

    private int Place(int left, int right) => (int)((left * _width + right) & (_until.Length - 1));
}
