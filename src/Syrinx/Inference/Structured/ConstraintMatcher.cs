namespace Syrinx.Inference.Structured;

/// <summary>Where one text is in its grammar. For one generation.</summary>
internal sealed class ConstraintMatcher
{
    private readonly TokenConstraint _constraint;
    private Configuration _at;
    private ulong[]? _buffer;

    internal ConstraintMatcher(TokenConstraint constraint) => (_constraint, _at) = (constraint, constraint.Start);

    /// <summary>Whether the text may end here.</summary>
    public bool Complete => _at.Accepts;

    /// <summary>Whether it must.</summary>
    public bool Finished => _at.Accepts && _at.Tops.Length == 0;

    /// <summary>The tokens that may follow: token t is bit t % 64 of word t / 64. Valid until the next call.</summary>
    /// <param name="remaining">Tokens left, this one included.</param>
    public ReadOnlySpan<ulong> Mask(int remaining) => _constraint.Mask(_at, remaining, ref _buffer);

    /// <summary>Goes on by a token that the mask allowed.</summary>
    public void Accept(int token) => _at = _constraint.After(_at, token) ?? _at;
}
