using System.Numerics;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.Greedy;

/// <summary>
/// An assignment made variable by variable. All begin at one half; some are set at random, and then always the one whose
/// field is largest in magnitude takes the value that the field asks for: giving x[i] a value changes the energy by half of
/// its field at the halves and values of the others.
/// </summary>
/// <remarks>
/// Works on twice the fields, which are whole where the coefficients are. They stay below 2^30 there: twice the largest
/// field, see <see cref="LocalFields"/>.
/// </remarks>
internal sealed class Construction<T>
    where T : unmanaged, INumber<T>
{
    private readonly LocalFields<T> _fields;
    private readonly SolveContext _context;
    private readonly Xoshiro256 _random;
    private readonly Tournament<T> _gains;
    private readonly T[] _halves;
    private readonly T[] _twice;
    private readonly int[] _order;
    private readonly bool[] _isSet;

    public Construction(LocalFields<T> fields, SolveContext context, Xoshiro256 random)
    {
        (_fields, _context, _random) = (fields, context, random);
        _gains = new(fields.Count);
        _twice = new T[fields.Count];
        _isSet = new bool[fields.Count];
        _order = [.. Enumerable.Range(0, fields.Count)];
        fields.Reset([]);
        _halves = new T[fields.Count];
        for (var i = 0; i < _halves.Length; i++)
        {
            _halves[i] = fields.Field[i] + fields.Field[i];
            for (var k = fields.Start[i]; k < fields.Start[i + 1]; k++)
                _halves[i] += fields.Weight[k];
        }
    }

    /// <summary>
    /// Sets all of <paramref name="bits"/>. An evaluation is one gain brought up to date. Where the budget ends before, the rest takes
    /// the values that the fields ask for by then.
    /// </summary>
    public void Run(Span<sbyte> bits, double randomShare)
    {
        _halves.CopyTo(_twice, 0);
        Array.Clear(_isSet);
        _gains.Shuffle(_random);
        var drawn = Math.Clamp((int)(randomShare * bits.Length), 1, bits.Length);
        for (var k = 0; k < drawn; k++)
        {
            var other = k + _random.NextInt32(bits.Length - k);
            (_order[k], _order[other]) = (_order[other], _order[k]);
            Set(_order[k], (sbyte)(_random.NextBoolean() ? 1 : 0), bits);
        }
        if (_context.EvaluationsLeft > bits.Length)
        {
            UpdateAll();
            for (var k = drawn; k < bits.Length; k++)
            {
                var i = _gains.Winner;
                if (
                    _context.EvaluationsLeft <= Gains.Cost(_fields, _gains, i)
                    || (k % Gains.PollChanges == 0 && _context.ShouldStop())
                )
                    break;
                Set(i, Wanted(i), bits);
                if (Gains.AreMany(_fields, _gains, i))
                    UpdateAll();
                else
                    UpdateAround(i);
            }
        }
        for (var i = 0; i < bits.Length; i++)
            if (!_isSet[i])
                bits[i] = Wanted(i);
    }

    private sbyte Wanted(int i) =>
        (sbyte)(T.IsNegative(_twice[i]) || (_twice[i] == T.Zero && _random.NextBoolean()) ? 1 : 0);

    private void Set(int i, sbyte value, Span<sbyte> bits)
    {
        bits[i] = value;
        _isSet[i] = true;
        for (var k = _fields.Start[i]; k < _fields.Start[i + 1]; k++)
            _twice[_fields.Column[k]] += value == 1 ? _fields.Weight[k] : -_fields.Weight[k];
    }

    private void UpdateAll()
    {
        for (var j = 0; j < _twice.Length; j++)
            _gains.Key[j] = Gain(j);
        _gains.Play();
        _context.CountEvaluations(_twice.Length);
    }

    private void UpdateAround(int i)
    {
        Update(i);
        for (var k = _fields.Start[i]; k < _fields.Start[i + 1]; k++)
            Update(_fields.Column[k]);
        _context.CountEvaluations(Gains.Cost(_fields, _gains, i));
    }

    private void Update(int j)
    {
        _gains.Key[j] = Gain(j);
        _gains.Changed(j);
    }

    private T Gain(int j) => _isSet[j] ? -T.One : T.Abs(_twice[j]);
}
