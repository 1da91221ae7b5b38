import Std.Arrays.*;
import Std.Convert.*;
import Std.Diagnostics.*;
import Std.Math.*;
import Std.Measurement.*;
import Ising.*;
import Qaoa.*;
import WarmStart.*;

@Test()
operation Right_angles_make_the_standard_mixer() : Unit {
    let starts = Repeated(PI() / 2.0, 2);
    Fact(
        CheckOperationsAreEqual(
            2,
            register => ApplyWarmStartMixer(0.4, starts, register),
            register => ApplyMixerLayer(0.4, register)
        ),
        "At θ = π/2 the mixer must be exp(-iβ·ΣX)."
    );
}

@Test()
operation Right_angles_make_the_standard_state() : Unit {
    let model = NewIsingModel([0.5, 0.0, -0.75], [(0, 1, 1.0), (1, 2, -1.5)]);
    use register = Qubit[3];
    PrepareWarmStartState([0.4, 0.2], [-0.3, -0.1], Repeated(PI() / 2.0, 3), model, register);
    Adjoint PrepareQaoaState([0.4, 0.2], [-0.3, -0.1], model, register);
    Fact(CheckAllZero(register), "At θ = π/2 the state must be that of standard QAOA.");
}

@Test()
operation Warm_start_mixer_leaves_its_start_alone() : Unit {
    let starts = [0.3, 1.2, 2.9];
    use register = Qubit[3];
    for idxQubit in 0..2 {
        Ry(starts[idxQubit], register[idxQubit]);
    }
    ApplyWarmStartMixer(0.8, starts, register);
    for idxQubit in 0..2 {
        Ry(-starts[idxQubit], register[idxQubit]);
    }
    Fact(CheckAllZero(register), "The start must be the mixer's own state.");
}

@Test()
operation Warm_start_mixer_is_the_tilted_rotation() : Unit {
    // With tan θ = 1 the axis is (X + Z)/√2, the Hadamard's: a half turn about it is H up to a phase.
    Fact(
        CheckOperationsAreEqual(
            1,
            register => ApplyWarmStartMixer(PI() / 2.0, [PI() / 4.0], register),
            register => H(register[0])
        ),
        "At θ = π/4, β = π/2 the mixer must be a Hadamard."
    );
}

/// # Summary
/// Without a cost, the probability of a 1 stays sin²(θ/2), here 0.2.
///
/// # Description
/// 2000 shots have a standard deviation of 18; the bound of 90 is five of them.
@Test()
operation Start_has_the_relaxed_probabilities() : Unit {
    let start = 2.0 * ArcSin(Sqrt(0.2));
    mutable nOnes = 0;
    for _ in 1..2000 {
        nOnes += SampleWarmStart([0.0], [0.0], [start], [0.0], []) == [One] ? 1 | 0;
    }
    Fact(AbsI(nOnes - 400) < 90, $"Expected 400 ones of 2000 shots, got {nOnes}.");
}
