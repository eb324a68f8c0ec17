namespace Syrinx.Training.Distributed;

/// <summary>The other ranks live, but one of them did not come to where all meet. A failure of the machines rather than of the program.</summary>
public sealed class RankTimeoutException(string message) : Exception(message);
