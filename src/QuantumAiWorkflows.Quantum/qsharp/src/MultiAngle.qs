import Std.Arrays.*;
import Std.Diagnostics.*;
import Std.Measurement.*;
import Ising.*;

export ApplyMultiAngleCostLayer, ApplyMultiAngleMixerLayer, PrepareMultiAngleState, SampleMultiAngle, DumpMultiAngleStates;

/// # Summary
/// Applies exp(-iγₜ·T) for every term T of the cost function, each with an angle of its own.
///
/// # Input
/// ## gammas
/// One per term with a coefficient other than 0: the fields in the order of the spins, then the couplings in theirs.
operation ApplyMultiAngleCostLayer(gammas : Double[], model : IsingModel, register : Qubit[]) : Unit is Adj + Ctl {
    let idxFields = Where(field -> field != 0.0, model.Fields);
    let couplings = Filtered(coupling -> coupling.Weight != 0.0, model.Couplings);
    let nFields = Length(idxFields);
    Fact(Length(gammas) == nFields + Length(couplings), "gammas must have one angle per term.");

    for idxTerm in IndexRange(idxFields) {
        let idxSpin = idxFields[idxTerm];
        Rz(2.0 * gammas[idxTerm] * model.Fields[idxSpin], register[idxSpin]);
    }
    for idxTerm in IndexRange(couplings) {
        let coupling = couplings[idxTerm];
        Rzz(
            2.0 * gammas[nFields + idxTerm] * coupling.Weight,
            register[coupling.IdxFirst],
            register[coupling.IdxSecond]
        );
    }
}

/// # Summary
/// Applies exp(-i·`betas`[q]·X) to each qubit q.
operation ApplyMultiAngleMixerLayer(betas : Double[], register : Qubit[]) : Unit is Adj + Ctl {
    for idxQubit in IndexRange(register) {
        Rx(2.0 * betas[idxQubit], register[idxQubit]);
    }
}

/// # Summary
/// Prepares the p-layer QAOA state with one angle per term and one per qubit in each layer.
///
/// # Description
/// The gates are those of standard QAOA, and with equal angles within each layer so is the state.
///
/// # Input
/// ## gammas
/// Cost angles in radians, shape [p][terms]; terms as in `ApplyMultiAngleCostLayer`.
/// ## betas
/// Mixer angles in radians, shape [p][n].
/// ## model
/// The cost function.
/// ## register
/// One qubit per spin, in state |0…0⟩ initially.
///
/// # References
/// - [arXiv:2109.11455](https://arxiv.org/abs/2109.11455) "Multi-angle quantum approximate optimization algorithm",
///   R. Herrman, P. C. Lotshaw, J. Ostrowski, T. S. Humble, G. Siopsis
operation PrepareMultiAngleState(
    gammas : Double[][],
    betas : Double[][],
    model : IsingModel,
    register : Qubit[]
) : Unit is Adj + Ctl {
    Fact(Length(gammas) == Length(betas), "gammas and betas must have one list per layer.");
    Fact(Length(register) == Length(model.Fields), "The register must have one qubit per spin.");

    ApplyToEachCA(H, register);
    for idxLayer in IndexRange(gammas) {
        ApplyMultiAngleCostLayer(gammas[idxLayer], model, register);
        ApplyMultiAngleMixerLayer(betas[idxLayer], register);
    }
}

/// # Summary
/// Draws one bit string: one shot.
///
/// # Output
/// The results in the order of the spins, shape [n].
operation SampleMultiAngle(
    gammas : Double[][],
    betas : Double[][],
    fields : Double[],
    couplings : (Int, Int, Double)[]
) : Result[] {
    let model = NewIsingModel(fields, couplings);
    use register = Qubit[Length(fields)];
    PrepareMultiAngleState(gammas, betas, model, register);
    MResetEachZ(register)
}

/// # Summary
/// Dumps one state vector per pair of angle sets, in their order.
operation DumpMultiAngleStates(
    angles : (Double[][], Double[][])[],
    fields : Double[],
    couplings : (Int, Int, Double)[]
) : Unit {
    let model = NewIsingModel(fields, couplings);
    for (gammas, betas) in angles {
        use register = Qubit[Length(fields)];
        PrepareMultiAngleState(gammas, betas, model, register);
        DumpMachine();
        ResetAll(register);
    }
}
