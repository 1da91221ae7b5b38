import Std.Arrays.*;
import Std.Convert.*;
import Std.Diagnostics.*;
import Std.Math.*;
import Std.Measurement.*;
import Ising.*;
import Qaoa.*;

export ApplyXyRingMixer, PrepareOneHot, PrepareXyRingState, SampleXyRing, DumpXyRingStates;

/// # Summary
/// Prepares the uniform superposition of all one-hot states, the W state, of a group of qubits.
///
/// # Description
/// The excitation begins at the first qubit and is handed down: of the k qubits that may still get it, each keeps it with
/// probability 1/k. Two gates on two qubits for each but the last.
///
/// # Input
/// ## group
/// At least one qubit, in state |0…0⟩ initially.
///
/// # References
/// - [arXiv:1807.05572](https://arxiv.org/abs/1807.05572) "Efficient quantum algorithms for GHZ and W states, and
///   implementation on the IBM quantum computer", D. Cruz et al.
operation PrepareOneHot(group : Qubit[]) : Unit is Adj + Ctl {
    let nQubits = Length(group);
    Fact(nQubits > 0, "A group needs at least one qubit.");

    X(group[0]);
    for idxQubit in 0..nQubits - 2 {
        let angle = ArcCos(Sqrt(1.0 / IntAsDouble(nQubits - idxQubit)));
        // On |0⟩ this is a rotation controlled by the qubit before, and takes one gate on both instead of two.
        within {
            Ry(-angle, group[idxQubit + 1]);
        } apply {
            CZ(group[idxQubit], group[idxQubit + 1]);
        }
        CNOT(group[idxQubit + 1], group[idxQubit]);
    }
}

/// # Summary
/// Applies exp(-i·`beta`·(XX + YY)/2) to each pair of neighbours on the ring of a group.
///
/// # Description
/// On a pair this is |01⟩ → cos β |01⟩ - i sin β |10⟩, what exp(-iβX) is to |0⟩ and |1⟩, so the number of ones stays. The
/// terms of neighbouring pairs do not commute: even pairs go first, then odd ones, then the one that closes the ring.
/// Two qubits are one pair.
///
/// # Input
/// ## group
/// Two qubits or more, in the order of the ring.
///
/// # References
/// - [arXiv:1709.03489](https://arxiv.org/abs/1709.03489) "From the Quantum Approximate Optimization Algorithm to a
///   Quantum Alternating Operator Ansatz", S. Hadfield et al.
/// - [arXiv:1904.09314](https://arxiv.org/abs/1904.09314) "XY-mixers: analytical and numerical results for QAOA",
///   Z. Wang, N. C. Rubin, J. M. Dominy, E. G. Rieffel
operation ApplyXyRingMixer(beta : Double, group : Qubit[]) : Unit is Adj + Ctl {
    let nQubits = Length(group);
    Fact(nQubits > 1, "A ring needs at least two qubits.");

    // Not one loop with a step: qsharp-lang 1.32.5-dev runs the adjoint of an empty range such as 1..2..0 once.
    for idxPair in 0..nQubits / 2 - 1 {
        ApplyXyPair(beta, group[2 * idxPair], group[2 * idxPair + 1]);
    }
    for idxPair in 0..(nQubits - 1) / 2 - 1 {
        ApplyXyPair(beta, group[2 * idxPair + 1], group[2 * idxPair + 2]);
    }
    if nQubits > 2 {
        ApplyXyPair(beta, group[nQubits - 1], group[0]);
    }
}

/// # Summary
/// XX and YY of one pair commute, so the product of their exponentials is exact.
operation ApplyXyPair(beta : Double, first : Qubit, second : Qubit) : Unit is Adj + Ctl {
    Rxx(beta, first, second);
    Ryy(beta, first, second);
}

/// # Summary
/// Prepares the p-layer QAOA state whose groups are one-hot from start to end.
///
/// # Description
/// A W state of each group and |+⟩ on the other qubits; then cost layer and mixer layer in turn, the mixer being the
/// XY ring on each group and exp(-iβX) on the other qubits. As in standard QAOA, γ > 0 and β < 0 lower the cost.
///
/// # Input
/// ## gammas
/// Cost angles in radians, shape [p].
/// ## betas
/// Mixer angles in radians, shape [p].
/// ## groups
/// Indices of qubits; disjoint, each of two or more.
/// ## model
/// The cost function.
/// ## register
/// One qubit per spin, in state |0…0⟩ initially.
operation PrepareXyRingState(
    gammas : Double[],
    betas : Double[],
    groups : Int[][],
    model : IsingModel,
    register : Qubit[]
) : Unit is Adj + Ctl {
    Fact(Length(gammas) == Length(betas), "gammas and betas must have one angle per layer.");
    Fact(Length(register) == Length(model.Fields), "The register must have one qubit per spin.");
    let free = Subarray(IndicesOutside(groups, Length(register)), register);

    ApplyToEachCA(H, free);
    for group in groups {
        PrepareOneHot(Subarray(group, register));
    }
    for idxLayer in IndexRange(gammas) {
        ApplyCostLayer(gammas[idxLayer], model, register);
        ApplyMixerLayer(betas[idxLayer], free);
        for group in groups {
            ApplyXyRingMixer(betas[idxLayer], Subarray(group, register));
        }
    }
}

/// # Summary
/// The indices from 0 to `nQubits` - 1 that are in no group, ascending.
///
/// # Input
/// ## groups
/// An index in two of them, or twice in one, is an error.
function IndicesOutside(groups : Int[][], nQubits : Int) : Int[] {
    mutable isGrouped = Repeated(false, nQubits);
    for group in groups {
        for idxQubit in group {
            Fact(not isGrouped[idxQubit], $"Qubit {idxQubit} may be in one group only, and there once.");
            isGrouped[idxQubit] = true;
        }
    }
    Where(isIn -> not isIn, isGrouped)
}

/// # Summary
/// Draws one bit string: one shot.
///
/// # Output
/// The results in the order of the spins, shape [n].
operation SampleXyRing(
    gammas : Double[],
    betas : Double[],
    groups : Int[][],
    fields : Double[],
    couplings : (Int, Int, Double)[]
) : Result[] {
    let model = NewIsingModel(fields, couplings);
    use register = Qubit[Length(fields)];
    PrepareXyRingState(gammas, betas, groups, model, register);
    MResetEachZ(register)
}

/// # Summary
/// Dumps one state vector per pair of angle sets, in their order.
operation DumpXyRingStates(
    angles : (Double[], Double[])[],
    groups : Int[][],
    fields : Double[],
    couplings : (Int, Int, Double)[]
) : Unit {
    let model = NewIsingModel(fields, couplings);
    for (gammas, betas) in angles {
        use register = Qubit[Length(fields)];
        PrepareXyRingState(gammas, betas, groups, model, register);
        DumpMachine();
        ResetAll(register);
    }
}
