import Std.Diagnostics.*;

export Coupling, IsingModel, NewIsingModel, Energy;

/// # Summary
/// The term `Weight`·z[`IdxFirst`]·z[`IdxSecond`] of an Ising cost function.
struct Coupling {
    IdxFirst : Int,
    IdxSecond : Int,
    Weight : Double,
}

/// # Summary
/// The cost function C(z) = Σᵢ Fields[i]·zᵢ + Σₖ Weight·z·z over spins z in {-1, +1}. A qubit in |0⟩ is the spin +1, one
/// in |1⟩ the spin -1.
struct IsingModel {
    Fields : Double[],
    Couplings : Coupling[],
}

/// # Summary
/// Makes a model from plain arrays, which an entry expression can write as literals.
///
/// # Input
/// ## fields
/// One per spin, shape [n], n ≥ 1. May be 0.
/// ## couplings
/// Triples (i, j, weight) with 0 ≤ i, j < n and i ≠ j; each pair at most once.
function NewIsingModel(fields : Double[], couplings : (Int, Int, Double)[]) : IsingModel {
    let nSpins = Length(fields);
    Fact(nSpins > 0, "A model needs at least one spin.");

    mutable checked = [];
    for (idxFirst, idxSecond, weight) in couplings {
        Fact(
            0 <= idxFirst and idxFirst < nSpins and 0 <= idxSecond and idxSecond < nSpins and idxFirst != idxSecond,
            $"Expected two different spins from 0 to {nSpins - 1}, got {idxFirst} and {idxSecond}."
        );
        checked += [new Coupling { IdxFirst = idxFirst, IdxSecond = idxSecond, Weight = weight }];
    }
    new IsingModel { Fields = fields, Couplings = checked }
}

/// # Summary
/// The cost of one measured bit string.
///
/// # Input
/// ## bits
/// One result per spin, shape [n]; `Zero` is the spin +1.
function Energy(model : IsingModel, bits : Result[]) : Double {
    Fact(Length(bits) == Length(model.Fields), "Expected one bit per spin.");

    mutable energy = 0.0;
    for idxSpin in 0..Length(bits) - 1 {
        energy += bits[idxSpin] == Zero ? model.Fields[idxSpin] | -model.Fields[idxSpin];
    }
    for coupling in model.Couplings {
        energy += bits[coupling.IdxFirst] == bits[coupling.IdxSecond] ? coupling.Weight | -coupling.Weight;
    }
    energy
}
