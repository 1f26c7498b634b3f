namespace Callback.Wording;

/// <summary>What is wrong with a wording.</summary>
public enum WordingKind
{
    /// <summary>Blunt, blaming or mocking words to a customer.</summary>
    Rude,

    /// <summary>A promise nobody can be sure to keep.</summary>
    AbsolutePromise,

    /// <summary>What the platform forbids: fake orders, trade beside the platform, refusing an invoice or a return …</summary>
    RedLine,

    /// <summary>Something given for a good review, or for taking a bad one back.</summary>
    PaidReview,

    /// <summary>"Almost gone", "only today", where no fact of the order says so.</summary>
    UnprovenScarcity,

    /// <summary>A person's data asked for, read out or passed on.</summary>
    Privacy,
}

public enum WordingSeverity
{
    /// <summary>Shown with the better wording.</summary>
    Warn,

    /// <summary>Shown, and a script that says so cannot be published.</summary>
    Block,
}

/// <summary>Facts of an order that make a talk of scarcity true.</summary>
[Flags]
public enum ProvenFacts
{
    None = 0,

    /// <summary>The pieces left are known, for example from <c>{{stockLeft}}</c>.</summary>
    Stock = 1,

    /// <summary>The day the offer ends is known, for example from <c>{{offerEnds}}</c>.</summary>
    OfferEnd = 2,
}

/// <summary>One entry of the list.</summary>
/// <param name="Id">Unique over all files.</param>
/// <param name="Languages">zh-CN, en or both: the languages in which it has expressions.</param>
/// <param name="Better">What to say or write instead, in the reader's language.</param>
/// <param name="Proof">The facts that make it true and so harmless; none for most.</param>
public sealed record WordingEntry(
    string Id, WordingKind Kind, WordingSeverity Severity, IReadOnlyList<string> Languages, Label Better, ProvenFacts Proof);

/// <summary>A place in a text that an entry finds fault with.</summary>
/// <param name="Position">First character, counted as in the text that was given.</param>
/// <param name="Length">Characters up to the end, at least one.</param>
public sealed record WordingFinding(int Position, int Length, WordingEntry Entry)
{
    public WordingKind Kind => Entry.Kind;

    public WordingSeverity Severity => Entry.Severity;

    public Label Better => Entry.Better;

    public bool Blocks => Severity == WordingSeverity.Block;

    /// <summary>The words themselves.</summary>
    public string In(string text) => text.Substring(Position, Length);
}

/// <summary>A finding in one of several texts, with the words it is about.</summary>
/// <param name="Words">As they were typed.</param>
public sealed record FoundWording(string Words, WordingFinding Finding)
{
    public WordingEntry Entry => Finding.Entry;

    public WordingKind Kind => Finding.Kind;

    public WordingSeverity Severity => Finding.Severity;

    public Label Better => Finding.Better;

    public bool Blocks => Finding.Blocks;
}
