namespace Syrinx.Data.Corpus.Privacy;

/// <summary>A piece of personal data in a text.</summary>
/// <param name="Type"><c>email</c>, <c>phone</c>, <c>id</c>, <c>card</c>, <c>ip</c>, <c>address</c> or <c>key</c>.</param>
/// <param name="Start">First UTF-16 code unit.</param>
/// <param name="End">After the last UTF-16 code unit.</param>
public readonly record struct PersonalDataSpan(string Type, int Start, int End);
