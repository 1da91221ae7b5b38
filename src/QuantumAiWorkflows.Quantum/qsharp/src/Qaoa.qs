import Std.Arrays.*;
import Std.Diagnostics.*;
import Std.Measurement.*;
import Ising.*;

export ApplyCostLayer, ApplyMixerLayer, PrepareQaoaState, SampleQaoa, DumpQaoaState, DumpQaoaStates;

/// # Summary
/// Applies exp(-i·`gamma`·C) for the cost function C of `model`.
///
/// # Description
/// C is diagonal, so its terms commute and the product of their exponentials is exact: Rz(2γh) = exp(-iγh·Z) for every
/// field and Rzz(2γw) = exp(-iγw·ZZ) for every coupling. Terms with the coefficient 0 get no gate.
operation ApplyCostLayer(gamma : Double, model : IsingModel, register : Qubit[]) : Unit is Adj + Ctl {
    for idxSpin in IndexRange(model.Fields) {
        if model.Fields[idxSpin] != 0.0 {
            Rz(2.0 * gamma * model.Fields[idxSpin], register[idxSpin]);
        }
    }
    for coupling in model.Couplings {
        if coupling.Weight != 0.0 {
            Rzz(2.0 * gamma * coupling.Weight, register[coupling.IdxFirst], register[coupling.IdxSecond]);
        }
    }
}

/// # Summary
/// Applies the transverse-field mixer exp(-i·`beta`·Σ Xᵢ), without the factor ½ that some papers use.
operation ApplyMixerLayer(beta : Double, register : Qubit[]) : Unit is Adj + Ctl {
    // ApplyToEachCA(Rx(2.0 * beta, _), register) makes the QIR back end of qsharp-lang 1.32.5-dev panic.
    for qubit in register {
        Rx(2.0 * beta, qubit);
    }
}

/// # Summary
/// Prepares the p-layer QAOA state of an Ising model.
///
/// # Description
/// Uniform superposition, then cost layer and mixer layer in turn. With these signs γ > 0 and β < 0 lower the cost:
/// on one coupling of weight 1 at p = 1, ⟨ZZ⟩ = sin 4β · sin 2γ.
///
/// # Input
/// ## gammas
/// Cost angles in radians, shape [p].
/// ## betas
/// Mixer angles in radians, shape [p].
/// ## model
/// The cost function.
/// ## register
/// One qubit per spin, in state |0…0⟩ initially.
///
/// # References
/// - [arXiv:1411.4028](https://arxiv.org/abs/1411.4028) "A Quantum Approximate Optimization Algorithm",
///   E. Farhi, J. Goldstone, S. Gutmann
operation PrepareQaoaState(gammas : Double[], betas : Double[], model : IsingModel, register : Qubit[]) : Unit is Adj + Ctl {
    Fact(Length(gammas) == Length(betas), "gammas and betas must have one angle per layer.");
    Fact(Length(register) == Length(model.Fields), "The register must have one qubit per spin.");

    ApplyToEachCA(H, register);
    for idxLayer in IndexRange(gammas) {
        ApplyCostLayer(gammas[idxLayer], model, register);
        ApplyMixerLayer(betas[idxLayer], register);
    }
}

/// # Summary
/// Draws one bit string: one shot.
///
/// # Output
/// The results in the order of the spins, shape [n].
operation SampleQaoa(gammas : Double[], betas : Double[], fields : Double[], couplings : (Int, Int, Double)[]) : Result[] {
    let model = NewIsingModel(fields, couplings);
    use register = Qubit[Length(fields)];
    PrepareQaoaState(gammas, betas, model, register);
    MResetEachZ(register)
}

/// # Summary
/// Dumps the state vector as one event. Only a simulator can do this.
operation DumpQaoaState(gammas : Double[], betas : Double[], fields : Double[], couplings : (Int, Int, Double)[]) : Unit {
    DumpQaoaStates([(gammas, betas)], fields, couplings);
}

/// # Summary
/// Dumps one state vector per pair of angle sets, in their order.
///
/// # Remarks
/// A call from the host compiles everything anew, the standard library included; many angles in one call share that.
operation DumpQaoaStates(angles : (Double[], Double[])[], fields : Double[], couplings : (Int, Int, Double)[]) : Unit {
    let model = NewIsingModel(fields, couplings);
    for (gammas, betas) in angles {
        use register = Qubit[Length(fields)];
        PrepareQaoaState(gammas, betas, model, register);
        DumpMachine();
        ResetAll(register);
    }
}
