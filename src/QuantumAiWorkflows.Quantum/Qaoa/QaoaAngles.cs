namespace QuantumAiWorkflows.Quantum.Qaoa;

/// <summary>Angles of a p-layer circuit in radians, both of shape [p].</summary>
internal sealed record QaoaAngles(double[] Gammas, double[] Betas)
{
    public int Layers => Gammas.Length;

    public bool Equals(QaoaAngles? other) =>
        other is not null && Gammas.AsSpan().SequenceEqual(other.Gammas) && Betas.AsSpan().SequenceEqual(other.Betas);

    public override int GetHashCode() => HashCode.Combine(Layers, Gammas[0], Betas[0]);

    /// <summary>The same state from a longer circuit: layers with angles 0 do nothing.</summary>
    public QaoaAngles WithLayers(int layers) =>
        layers == Layers
            ? this
            : new([.. Gammas, .. new double[layers - Layers]], [.. Betas, .. new double[layers - Layers]]);
}
