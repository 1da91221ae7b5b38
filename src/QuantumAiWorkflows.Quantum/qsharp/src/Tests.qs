import Std.Arrays.*;
import Std.Convert.*;
import Std.Diagnostics.*;
import Std.Math.*;
import Std.Measurement.*;
import Ising.*;
import Qaoa.*;

/// # Summary
/// Three spins with fields and couplings of both signs, and one spin without a field.
function SomeModel() : IsingModel {
    NewIsingModel([0.5, 0.0, -0.75], [(0, 1, 1.0), (1, 2, -1.5)])
}

@Test()
function Energy_adds_fields_and_couplings() : Unit {
    let model = SomeModel();
    Fact(Energy(model, [Zero, Zero, Zero]) == -0.75, "All spins up: 0.5 - 0.75 + 1.0 - 1.5.");
    Fact(Energy(model, [One, One, One]) == -0.25, "All spins down: -0.5 + 0.75 + 1.0 - 1.5.");
    Fact(Energy(model, [One, Zero, Zero]) == -3.75, "First spin down: -0.5 - 0.75 - 1.0 - 1.5.");
}

@Test()
function Energy_of_a_field_alone_is_its_spin() : Unit {
    let model = NewIsingModel([2.0], []);
    Fact(Energy(model, [Zero]) == 2.0, "|0⟩ is the spin +1.");
    Fact(Energy(model, [One]) == -2.0, "|1⟩ is the spin -1.");
}

@Test()
operation Zero_angles_give_the_uniform_state() : Unit {
    use register = Qubit[3];
    PrepareQaoaState([0.0, 0.0], [0.0, 0.0], SomeModel(), register);
    ApplyToEach(H, register);
    Fact(CheckAllZero(register), "Hadamards must take the uniform state back to |000⟩.");
}

@Test()
operation Cost_layer_and_its_adjoint_cancel() : Unit {
    let model = SomeModel();
    Fact(
        CheckOperationsAreEqual(
            3,
            register => {
                ApplyCostLayer(0.4, model, register);
                Adjoint ApplyCostLayer(0.4, model, register);
            },
            register => {}
        ),
        "A cost layer followed by its adjoint must be the identity."
    );
}

@Test()
operation Cost_layers_add_their_angles() : Unit {
    let model = SomeModel();
    Fact(
        CheckOperationsAreEqual(
            3,
            register => {
                ApplyCostLayer(0.25, model, register);
                ApplyCostLayer(0.5, model, register);
            },
            register => ApplyCostLayer(0.75, model, register)
        ),
        "exp(-i·0.25·C)·exp(-i·0.5·C) must be exp(-i·0.75·C)."
    );
}

@Test()
operation Cost_layer_of_a_coupling_is_a_parity_phase() : Unit {
    let model = NewIsingModel([0.0, 0.0], [(0, 1, 1.0)]);
    Fact(
        CheckOperationsAreEqual(
            2,
            register => ApplyCostLayer(0.3, model, register),
            register => {
                within {
                    CNOT(register[0], register[1]);
                } apply {
                    Rz(0.6, register[1]);
                }
            }
        ),
        "exp(-iγ·ZZ) must be Rz(2γ) on the parity."
    );
}

@Test()
operation Mixer_with_a_quarter_turn_flips_every_spin() : Unit {
    use register = Qubit[2];
    X(register[0]);
    ApplyMixerLayer(PI() / 2.0, register);
    Fact(MResetEachZ(register) == [Zero, One], "exp(-i·π/2·X) is X up to a phase.");
}

@Test()
operation Mixer_leaves_the_uniform_state_alone() : Unit {
    use register = Qubit[3];
    ApplyToEach(H, register);
    ApplyMixerLayer(0.7, register);
    ApplyToEach(H, register);
    Fact(CheckAllZero(register), "|+…+⟩ is the mixer's own state.");
}

/// # Summary
/// The closed form ⟨ZZ⟩ = sin 4β · sin 2γ, whose sign implementations get wrong.
///
/// # Description
/// 4000 shots have a standard error below 0.016; the bound of 0.08 is five of them, and a wrong sign is off by 1.3.
@Test()
operation One_coupling_has_its_closed_form() : Unit {
    let (gamma, beta) = (0.4, 0.5);
    let nShots = 4000;
    mutable sum = 0;
    for _ in 1..nShots {
        let bits = SampleQaoa([gamma], [beta], [0.0, 0.0], [(0, 1, 1.0)]);
        sum += bits[0] == bits[1] ? 1 | -1;
    }
    let mean = IntAsDouble(sum) / IntAsDouble(nShots);
    let expected = Sin(4.0 * beta) * Sin(2.0 * gamma);
    Fact(AbsD(mean - expected) < 0.08, $"Expected ⟨ZZ⟩ = {expected}, the shots give {mean}.");
}

@Test()
operation Negative_beta_finds_the_ground_state_of_one_coupling() : Unit {
    // sin 4β · sin 2γ = -1: every shot is anti-aligned, with no statistics in it.
    for _ in 1..20 {
        let bits = SampleQaoa([PI() / 4.0], [-PI() / 8.0], [0.0, 0.0], [(0, 1, 1.0)]);
        Fact(bits[0] != bits[1], "At γ = π/4, β = -π/8 both spins must differ.");
    }
}

@Test()
operation A_field_alone_is_solved_exactly() : Unit {
    // One spin: ⟨Z⟩ = sin 2β · sin 2γh, which is -1 at γh = π/4, β = -π/4.
    for _ in 1..20 {
        Fact(SampleQaoa([PI() / 4.0], [-PI() / 4.0], [1.0], []) == [One], "The field pushes the spin to -1.");
    }
}
