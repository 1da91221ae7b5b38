import Std.Arrays.*;
import Std.Convert.*;
import Std.Diagnostics.*;
import Std.Math.*;
import Std.Measurement.*;
import Ising.*;
import Qaoa.*;
import XyRing.*;

/// # Summary
/// The number of ones among the results.
function CountOnes(bits : Result[]) : Int {
    Count(bit -> bit == One, bits)
}

@Test()
operation One_hot_state_has_one_excitation() : Unit {
    for nQubits in 1..6 {
        for _ in 1..10 {
            use group = Qubit[nQubits];
            PrepareOneHot(group);
            Fact(CountOnes(MResetEachZ(group)) == 1, $"One of {nQubits} qubits must be in |1⟩.");
        }
    }
}

@Test()
operation One_hot_state_of_two_is_a_Bell_state() : Unit {
    use group = Qubit[2];
    PrepareOneHot(group);
    within {
        X(group[0]);
        CNOT(group[0], group[1]);
        H(group[0]);
    } apply {
        Fact(CheckAllZero(group), "The state must be (|01⟩ + |10⟩)/√2.");
    }
    ResetAll(group);
}

/// # Summary
/// Each of four places gets the excitation in a quarter of the shots.
///
/// # Description
/// 2000 shots have a standard deviation of 19 per place; the bound of 100 is five of them.
@Test()
operation One_hot_state_is_uniform() : Unit {
    let nShots = 2000;
    mutable counts = [0, 0, 0, 0];
    for _ in 1..nShots {
        use group = Qubit[4];
        PrepareOneHot(group);
        let bits = MResetEachZ(group);
        for idxQubit in 0..3 {
            counts[idxQubit] += bits[idxQubit] == One ? 1 | 0;
        }
    }
    for count in counts {
        Fact(AbsI(count - nShots / 4) < 100, $"Expected 500 of 2000 for each place, got {counts}.");
    }
}

@Test()
operation One_hot_state_and_its_adjoint_cancel() : Unit {
    use group = Qubit[5];
    PrepareOneHot(group);
    Adjoint PrepareOneHot(group);
    Fact(CheckAllZero(group), "The adjoint must give |00000⟩ back.");
}

@Test()
operation Ring_mixer_keeps_the_number_of_ones() : Unit {
    for nQubits in 2..5 {
        for _ in 1..10 {
            use group = Qubit[nQubits];
            X(group[1]);
            ApplyXyRingMixer(0.7, group);
            Fact(CountOnes(MResetEachZ(group)) == 1, "The mixer may only move the excitation.");
        }
    }
}

@Test()
operation Ring_mixer_with_a_quarter_turn_swaps_a_pair() : Unit {
    use group = Qubit[2];
    X(group[0]);
    ApplyXyRingMixer(PI() / 2.0, group);
    Fact(MResetEachZ(group) == [Zero, One], "At β = π/2 the excitation must move to the neighbour.");
}

@Test()
operation Ring_mixer_leaves_an_empty_pair_alone() : Unit {
    use group = Qubit[2];
    ApplyXyRingMixer(0.7, group);
    Fact(CheckAllZero(group), "|00⟩ has nothing to move.");
}

@Test()
operation Ring_mixers_of_a_pair_add_their_angles() : Unit {
    Fact(
        CheckOperationsAreEqual(
            2,
            group => {
                ApplyXyRingMixer(0.25, group);
                ApplyXyRingMixer(0.5, group);
            },
            group => ApplyXyRingMixer(0.75, group)
        ),
        "exp(-i·0.25·M)·exp(-i·0.5·M) must be exp(-i·0.75·M)."
    );
}

@Test()
operation Every_shot_satisfies_its_groups() : Unit {
    for _ in 1..20 {
        let bits = SampleXyRing(
            [0.4, 0.7],
            [-0.6, -0.3],
            [[4, 1, 3], [0, 5]],
            [0.5, -1.0, 0.25, 0.0, 1.5, -0.75],
            [(0, 1, 1.0), (1, 2, -0.5), (3, 5, 2.0)]
        );
        Fact(CountOnes(Subarray([4, 1, 3], bits)) == 1, "The first group must be one-hot.");
        Fact(CountOnes(Subarray([0, 5], bits)) == 1, "The second group must be one-hot.");
    }
}

@Test()
operation Without_groups_it_is_standard_qaoa() : Unit {
    let model = NewIsingModel([0.5, 0.0, -0.75], [(0, 1, 1.0), (1, 2, -1.5)]);
    use register = Qubit[3];
    PrepareXyRingState([0.4], [-0.3], [], model, register);
    Adjoint PrepareQaoaState([0.4], [-0.3], model, register);
    Fact(CheckAllZero(register), "Without groups the state must be that of standard QAOA.");
}

@Test()
operation A_group_of_two_with_a_field_is_solved_exactly() : Unit {
    // In the basis |01⟩, |10⟩ it is one spin: as for a single spin with a field, γh = π/4 and β = -π/4 end in the lower one.
    for _ in 1..20 {
        let bits = SampleXyRing([PI() / 4.0], [-PI() / 4.0], [[0, 1]], [1.0, 0.0], []);
        Fact(bits == [One, Zero], "The field must move the excitation to the first qubit.");
    }
}

@Test()
function Indices_outside_groups_are_the_others() : Unit {
    Fact(IndicesOutside([[4, 1], [2]], 6) == [0, 3, 5], "0, 3 and 5 are in no group.");
    Fact(IndicesOutside([], 2) == [0, 1], "Without groups all are outside.");
}
