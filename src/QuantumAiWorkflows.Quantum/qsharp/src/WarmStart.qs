import Std.Arrays.*;
import Std.Diagnostics.*;
import Std.Measurement.*;
import Ising.*;
import Qaoa.*;

export ApplyWarmStartMixer, PrepareWarmStartState, SampleWarmStart, DumpWarmStartStates;

/// # Summary
/// Applies the mixer whose highest state is Ry(`starts`[q])|0⟩ on each qubit q.
///
/// # Description
/// exp(-i·`beta`·(sin θ·X + cos θ·Z)) = Ry(θ)·Rz(2β)·Ry(-θ). For θ = π/2 it is the mixer of standard QAOA.
///
/// # Input
/// ## starts
/// The angles θ in radians, shape [n].
operation ApplyWarmStartMixer(beta : Double, starts : Double[], register : Qubit[]) : Unit is Adj + Ctl {
    for idxQubit in IndexRange(register) {
        within {
            Ry(-starts[idxQubit], register[idxQubit]);
        } apply {
            Rz(2.0 * beta, register[idxQubit]);
        }
    }
}

/// # Summary
/// Prepares the p-layer QAOA state that starts from a solution of the relaxed problem.
///
/// # Description
/// Ry(θ) on each qubit, so that a shot of the start has a 1 with probability sin²(θ/2); then cost layer and the mixer
/// that keeps this start, in turn. For θ = π/2 everywhere it is standard QAOA, and γ > 0 and β < 0 lower the cost.
///
/// # Input
/// ## gammas
/// Cost angles in radians, shape [p].
/// ## betas
/// Mixer angles in radians, shape [p].
/// ## starts
/// θ = 2·arcsin √c in radians for a relaxed value c of the bit, shape [n]. Values of c at 0 or 1 would never change.
/// ## model
/// The cost function.
/// ## register
/// One qubit per spin, in state |0…0⟩ initially.
///
/// # References
/// - [arXiv:2009.10095](https://arxiv.org/abs/2009.10095) "Warm-starting quantum optimization", D. J. Egger, J. Marecek,
///   S. Woerner
operation PrepareWarmStartState(
    gammas : Double[],
    betas : Double[],
    starts : Double[],
    model : IsingModel,
    register : Qubit[]
) : Unit is Adj + Ctl {
    Fact(Length(gammas) == Length(betas), "gammas and betas must have one angle per layer.");
    Fact(Length(register) == Length(model.Fields), "The register must have one qubit per spin.");
    Fact(Length(register) == Length(starts), "starts must have one angle per qubit.");

    for idxQubit in IndexRange(register) {
        Ry(starts[idxQubit], register[idxQubit]);
    }
    for idxLayer in IndexRange(gammas) {
        ApplyCostLayer(gammas[idxLayer], model, register);
        ApplyWarmStartMixer(betas[idxLayer], starts, register);
    }
}

/// # Summary
/// Draws one bit string: one shot.
///
/// # Output
/// The results in the order of the spins, shape [n].
operation SampleWarmStart(
    gammas : Double[],
    betas : Double[],
    starts : Double[],
    fields : Double[],
    couplings : (Int, Int, Double)[]
) : Result[] {
    let model = NewIsingModel(fields, couplings);
    use register = Qubit[Length(fields)];
    PrepareWarmStartState(gammas, betas, starts, model, register);
    MResetEachZ(register)
}

/// # Summary
/// Dumps one state vector per pair of angle sets, in their order.
operation DumpWarmStartStates(
    angles : (Double[], Double[])[],
    starts : Double[],
    fields : Double[],
    couplings : (Int, Int, Double)[]
) : Unit {
    let model = NewIsingModel(fields, couplings);
    for (gammas, betas) in angles {
        use register = Qubit[Length(fields)];
        PrepareWarmStartState(gammas, betas, starts, model, register);
        DumpMachine();
        ResetAll(register);
    }
}
