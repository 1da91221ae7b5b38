using Microsoft.ML.Data;

namespace QuantumAiWorkflows.Learning.Models;

internal static class Shape
{
    /// <summary>The schema of a row type, whose vector of features has a length that is known only now.</summary>
    public static SchemaDefinition Of<TRow>(int width)
    {
        var shape = SchemaDefinition.Create(typeof(TRow));
        shape["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, width);
        return shape;
    }
}
