using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace QuantumAiWorkflows.Quantum.Simulator;

/// <summary>
/// The vector instructions that the engine's kernels are made of, so that one kernel serves every width and both
/// precisions. <typeparamref name="TVector"/> is the machine's own vector type: as type arguments are structs, the JIT
/// compiles each combination by itself and nothing of this interface is left in the loops.
/// </summary>
internal unsafe interface ILanes<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>A vector has 2^Bits lanes.</summary>
    static abstract int Bits { get; }

    static abstract TVector Load(T* source);

    static abstract void Store(TVector vector, T* target);

    static abstract TVector Broadcast(T value);

    static abstract TVector Add(TVector a, TVector b);

    static abstract TVector Subtract(TVector a, TVector b);

    static abstract TVector Multiply(TVector a, TVector b);

    /// <summary>a·b + c.</summary>
    static abstract TVector MultiplyAdd(TVector a, TVector b, TVector c);

    /// <summary>c - a·b.</summary>
    static abstract TVector SubtractProduct(TVector a, TVector b, TVector c);

    /// <summary>Lane i gets what lane i xor 2^bit had; <paramref name="bit"/> is a constant below <see cref="Bits"/>.</summary>
    static abstract TVector Flip(TVector vector, int bit);

    /// <summary>v + t·Flip(v) for one lane bit after the other; the tangents have their signs in their lanes.</summary>
    static abstract TVector RotateLanes(TVector v, TVector t0, TVector t1, TVector t2, TVector t3);

    /// <summary>Lane i gets what the lane with all bits of i flipped had.</summary>
    static abstract TVector Reverse(TVector vector);

    /// <summary>From the first lane to the last, in any tier of the JIT.</summary>
    static abstract T Sum(TVector vector);
}

/// <summary>AVX-512: 8 doubles or 16 floats.</summary>
internal readonly unsafe struct Lanes512<T> : ILanes<T, Vector512<T>>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static int Bits
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(T) == typeof(double) ? 3 : 4;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Load(T* source) => Vector512.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<T> vector, T* target) => vector.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Broadcast(T value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Add(Vector512<T> a, Vector512<T> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Subtract(Vector512<T> a, Vector512<T> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Multiply(Vector512<T> a, Vector512<T> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> MultiplyAdd(Vector512<T> a, Vector512<T> b, Vector512<T> c) =>
        typeof(T) == typeof(double)
            ? Vector512.MultiplyAddEstimate(a.AsDouble(), b.AsDouble(), c.AsDouble()).As<double, T>()
            : Vector512.MultiplyAddEstimate(a.AsSingle(), b.AsSingle(), c.AsSingle()).As<float, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> SubtractProduct(Vector512<T> a, Vector512<T> b, Vector512<T> c) => MultiplyAdd(-a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Flip(Vector512<T> vector, int bit)
    {
        if (typeof(T) == typeof(double))
        {
            var v = vector.AsDouble();
            return bit switch
            {
                0 => Vector512.Shuffle(v, Vector512.Create(1, 0, 3, 2, 5, 4, 7, 6)).As<double, T>(),
                1 => Vector512.Shuffle(v, Vector512.Create(2, 3, 0, 1, 6, 7, 4, 5)).As<double, T>(),
                _ => Vector512.Shuffle(v, Vector512.Create(4, 5, 6, 7, 0, 1, 2, 3)).As<double, T>(),
            };
        }
        var x = vector.AsSingle();
        return bit switch
        {
            0 => Vector512
                .Shuffle(x, Vector512.Create(1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14))
                .As<float, T>(),
            1 => Vector512
                .Shuffle(x, Vector512.Create(2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13))
                .As<float, T>(),
            2 => Vector512
                .Shuffle(x, Vector512.Create(4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11))
                .As<float, T>(),
            _ => Vector512
                .Shuffle(x, Vector512.Create(8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7))
                .As<float, T>(),
        };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> RotateLanes(
        Vector512<T> v,
        Vector512<T> t0,
        Vector512<T> t1,
        Vector512<T> t2,
        Vector512<T> t3
    )
    {
        v = MultiplyAdd(t0, Flip(v, 0), v);
        v = MultiplyAdd(t1, Flip(v, 1), v);
        v = MultiplyAdd(t2, Flip(v, 2), v);
        return typeof(T) == typeof(double) ? v : MultiplyAdd(t3, Flip(v, 3), v);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Reverse(Vector512<T> vector) =>
        typeof(T) == typeof(double)
            ? Vector512.Shuffle(vector.AsDouble(), Vector512.Create(7, 6, 5, 4, 3, 2, 1, 0)).As<double, T>()
            : Vector512
                .Shuffle(vector.AsSingle(), Vector512.Create(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0))
                .As<float, T>();

    public static T Sum(Vector512<T> vector)
    {
        var sum = vector[0];
        for (var lane = 1; lane < Vector512<T>.Count; lane++)
            sum += vector[lane];
        return sum;
    }
}

/// <summary>AVX2: 4 doubles or 8 floats.</summary>
internal readonly unsafe struct Lanes256<T> : ILanes<T, Vector256<T>>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static int Bits
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(T) == typeof(double) ? 2 : 3;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Load(T* source) => Vector256.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<T> vector, T* target) => vector.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Broadcast(T value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Add(Vector256<T> a, Vector256<T> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Subtract(Vector256<T> a, Vector256<T> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Multiply(Vector256<T> a, Vector256<T> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> MultiplyAdd(Vector256<T> a, Vector256<T> b, Vector256<T> c) =>
        typeof(T) == typeof(double)
            ? Vector256.MultiplyAddEstimate(a.AsDouble(), b.AsDouble(), c.AsDouble()).As<double, T>()
            : Vector256.MultiplyAddEstimate(a.AsSingle(), b.AsSingle(), c.AsSingle()).As<float, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> SubtractProduct(Vector256<T> a, Vector256<T> b, Vector256<T> c) => MultiplyAdd(-a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Flip(Vector256<T> vector, int bit)
    {
        if (typeof(T) == typeof(double))
        {
            var v = vector.AsDouble();
            return bit == 0
                ? Vector256.Shuffle(v, Vector256.Create(1, 0, 3, 2)).As<double, T>()
                : Vector256.Shuffle(v, Vector256.Create(2, 3, 0, 1)).As<double, T>();
        }
        var x = vector.AsSingle();
        return bit switch
        {
            0 => Vector256.Shuffle(x, Vector256.Create(1, 0, 3, 2, 5, 4, 7, 6)).As<float, T>(),
            1 => Vector256.Shuffle(x, Vector256.Create(2, 3, 0, 1, 6, 7, 4, 5)).As<float, T>(),
            _ => Vector256.Shuffle(x, Vector256.Create(4, 5, 6, 7, 0, 1, 2, 3)).As<float, T>(),
        };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> RotateLanes(
        Vector256<T> v,
        Vector256<T> t0,
        Vector256<T> t1,
        Vector256<T> t2,
        Vector256<T> t3
    )
    {
        v = MultiplyAdd(t0, Flip(v, 0), v);
        v = MultiplyAdd(t1, Flip(v, 1), v);
        return typeof(T) == typeof(double) ? v : MultiplyAdd(t2, Flip(v, 2), v);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Reverse(Vector256<T> vector) =>
        typeof(T) == typeof(double)
            ? Vector256.Shuffle(vector.AsDouble(), Vector256.Create(3, 2, 1, 0)).As<double, T>()
            : Vector256.Shuffle(vector.AsSingle(), Vector256.Create(7, 6, 5, 4, 3, 2, 1, 0)).As<float, T>();

    public static T Sum(Vector256<T> vector)
    {
        var sum = vector[0];
        for (var lane = 1; lane < Vector256<T>.Count; lane++)
            sum += vector[lane];
        return sum;
    }
}

/// <summary>One lane: states smaller than a vector, and machines without these instructions.</summary>
internal readonly unsafe struct SingleLane<T> : ILanes<T, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static int Bits => 0;

    public static T Load(T* source) => *source;

    public static void Store(T vector, T* target) => *target = vector;

    public static T Broadcast(T value) => value;

    public static T Add(T a, T b) => a + b;

    public static T Subtract(T a, T b) => a - b;

    public static T Multiply(T a, T b) => a * b;

    public static T MultiplyAdd(T a, T b, T c) => a * b + c;

    public static T SubtractProduct(T a, T b, T c) => c - a * b;

    public static T Flip(T vector, int bit) => vector;

    public static T RotateLanes(T v, T t0, T t1, T t2, T t3) => v;

    public static T Reverse(T vector) => vector;

    public static T Sum(T vector) => vector;
}
