using Syrinx.Models;

namespace Syrinx.Inference;

/// <summary>The rows of the embedding, read as a file keeps them. Immutable and safe to share between threads.</summary>
internal sealed class EmbeddingTable(TensorFile file, TensorInfo tensor)
{
    /// <summary>Copies the embedding of a token as float32.</summary>
    public void Read(int token, Span<float> row) => file.Read(tensor, (long)token * row.Length, row);
}
