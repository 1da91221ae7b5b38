import Std.Arrays.*;
import Std.Diagnostics.*;
import Std.Math.*;
import Ising.*;
import MultiAngle.*;
import Qaoa.*;

/// # Summary
/// Two fields and two couplings other than 0, one of each that is 0.
function SomeSparseModel() : IsingModel {
    NewIsingModel([0.5, 0.0, -0.75], [(0, 1, 1.0), (0, 2, 0.0), (1, 2, -1.5)])
}

@Test()
operation Equal_angles_make_the_standard_state() : Unit {
    let model = SomeSparseModel();
    use register = Qubit[3];
    PrepareMultiAngleState(
        [Repeated(0.4, 4), Repeated(0.2, 4)],
        [Repeated(-0.3, 3), Repeated(-0.1, 3)],
        model,
        register
    );
    Adjoint PrepareQaoaState([0.4, 0.2], [-0.3, -0.1], model, register);
    Fact(CheckAllZero(register), "With equal angles the state must be that of standard QAOA.");
}

@Test()
operation Each_term_has_its_angle() : Unit {
    Fact(
        CheckOperationsAreEqual(
            3,
            register => ApplyMultiAngleCostLayer([0.1, 0.2, 0.3, 0.4], SomeSparseModel(), register),
            register => {
                Rz(0.1, register[0]);
                Rz(-0.3, register[2]);
                Rzz(0.6, register[0], register[1]);
                Rzz(-1.2, register[1], register[2]);
            }
        ),
        "Fields first, then couplings; terms with the coefficient 0 have no angle."
    );
}

@Test()
operation Each_qubit_has_its_mixer_angle() : Unit {
    Fact(
        CheckOperationsAreEqual(
            2,
            register => ApplyMultiAngleMixerLayer([0.3, -0.2], register),
            register => {
                Rx(0.6, register[0]);
                Rx(-0.4, register[1]);
            }
        ),
        "Qubit q must turn by 2·betas[q]."
    );
}

@Test()
operation Two_couplings_of_a_star_are_solved_exactly() : Unit {
    // Both leaves follow the centre: β = 0 keeps it in |+⟩, the leaves turn by a quarter.
    for _ in 1..20 {
        let quarter = PI() / 4.0;
        let bits = SampleMultiAngle(
            [[quarter, quarter]],
            [[0.0, -quarter, -quarter]],
            [0.0, 0.0, 0.0],
            [(0, 1, 1.0), (0, 2, 1.0)]
        );
        Fact(bits[1] != bits[0] and bits[2] != bits[0], "Both couplings must be satisfied.");
    }
}
