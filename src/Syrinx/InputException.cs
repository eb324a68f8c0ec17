namespace Syrinx;

/// <summary>
/// What a person gave us is wrong: a file, a line, a field, an option. The message says what was wrong, where
/// (file, line, field), and what would be right. The command line prints it without a stack trace and exits with 2.
/// Our own broken invariants are <see cref="System.Diagnostics.Debug.Assert(bool)"/> or other exceptions, exit code 1.
/// </summary>
public sealed class InputException : Exception
{
    /// <summary>Creates the error with the sentence or two that the person will read.</summary>
    public InputException(string message) : base(message) { }

    /// <summary>Creates the error and keeps what caused it, shown with <c>--verbose</c> only.</summary>
    public InputException(string message, Exception cause) : base(message, cause) { }
}
