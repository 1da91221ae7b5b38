namespace QuantumAiWorkflows.Problems.Scheduling;

/// <summary>How much of a resource is free from when on: a step function that tasks are cut out of.</summary>
public sealed class ResourceProfile(int capacity)
{
    private int[] _times = new int[8];
    private int[] _free = new int[8];
    private int _count;

    public void Clear()
    {
        _count = 1;
        (_times[0], _free[0]) = (0, capacity);
    }

    /// <summary>The first time from <paramref name="from"/> on at which an amount is free for a duration. The last step is all free.</summary>
    public int EarliestStart(int from, int duration, int amount)
    {
        var k = StepAt(from);
        var start = from;
        for (var j = k; j < _count && _times[j] < start + (long)duration; j++)
            if (_free[j] < amount)
                start = _times[j + 1];
        return start;
    }

    public void Take(int start, int duration, int amount)
    {
        var first = Cut(start);
        var last = Cut(start + duration);
        for (var k = first; k < last; k++)
            _free[k] -= amount;
    }

    private int StepAt(int time)
    {
        var k = Array.BinarySearch(_times, 0, _count, time);
        return k >= 0 ? k : ~k - 1;
    }

    /// <summary>The step that begins at a time; made when there is none.</summary>
    private int Cut(int time)
    {
        var k = StepAt(time);
        if (_times[k] == time)
            return k;
        if (_count == _times.Length)
        {
            Array.Resize(ref _times, 2 * _count);
            Array.Resize(ref _free, 2 * _count);
        }
        Array.Copy(_times, k + 1, _times, k + 2, _count - k - 1);
        Array.Copy(_free, k + 1, _free, k + 2, _count - k - 1);
        (_times[k + 1], _free[k + 1]) = (time, _free[k]);
        _count++;
        return k + 1;
    }
}
