namespace Callback.CallScripts.Editing;

/// <summary>A text of both languages, side by side, as typed.</summary>
public sealed record Both(string Zh, string En)
{
    public static Both Nothing { get; } = new("", "");

    public bool IsEmpty => Zh.Length == 0 && En.Length == 0;

    public string In(string language) => language.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? Zh : En;

    internal Both OneLine() => new(OneLine(Zh), OneLine(En));

    /// <summary>A spoken text has no lines; control characters would not survive a YAML text.</summary>
    internal static string OneLine(string text) =>
        string.Join(' ', string.Concat(text.Select(letter => char.IsControl(letter) || char.IsSurrogate(letter) && !IsPaired(text) ? ' ' : letter)).Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static bool IsPaired(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (char.IsLowSurrogate(text[at]) || (char.IsHighSurrogate(text[at]) && (++at == text.Length || !char.IsLowSurrogate(text[at]))))
                return false;
        }
        return true;
    }
}

/// <summary>One step of a script as a form: what both languages share once, the words side by side. Everything is text as typed; the reader judges it.</summary>
public sealed record NodeForm
{
    /// <summary>a–z, 0–9 and '-'; never shown to agents.</summary>
    public required string Id { get; init; }

    public NodeKind Kind { get; init; }

    /// <summary>Can be opened at any moment from the side panel.</summary>
    public bool Aside { get; init; }

    /// <summary>An end of a side step: the talk goes on where it was.</summary>
    public bool Returns { get; init; }

    public Both Title { get; init; } = Both.Nothing;

    public Both Text { get; init; } = Both.Nothing;

    /// <summary>One note a line.</summary>
    public Both Like { get; init; } = Both.Nothing;

    /// <summary>One note a line.</summary>
    public Both Never { get; init; } = Both.Nothing;

    public bool Required { get; init; } = true;

    public bool Several { get; init; }

    public Need FreeText { get; init; }

    /// <summary>As in the file, for example <c>arrived</c>; empty: none.</summary>
    public string Records { get; init; } = "";

    public IReadOnlyList<AnswerForm> Answers { get; init; } = [];

    public IReadOnlyList<WayForm> Next { get; init; } = [];

    /// <summary>task, compensate, supervisor, promise-call-back or do-not-call; empty: none.</summary>
    public string Action { get; init; } = "";

    /// <summary>Code of the follow-up task of the first three.</summary>
    public string ActionTask { get; init; } = "";

    public ProposalForm Proposes { get; init; } = ProposalForm.Nothing;
}

/// <param name="When">Conditions, one a line; all must hold.</param>
/// <param name="Records">What goes into the call-back record when it is not the label.</param>
public sealed record AnswerForm(string Id, Both Label, string Next, string When, ProposalForm Proposes, Both Records);

/// <param name="When">Conditions, one a line; all must hold.</param>
public sealed record WayForm(string To, string When);

/// <param name="Otherwise">The outcome counts only where nothing else was proposed.</param>
public sealed record ProposalForm(string Outcome, bool Otherwise, IReadOnlyList<string> Reasons)
{
    public static ProposalForm Nothing { get; } = new("", false, []);

    public bool IsEmpty => Outcome.Length == 0 && Reasons.Count == 0;
}

/// <summary>What stands above the nodes.</summary>
/// <param name="Target">As typed: 90s, 2m.</param>
public sealed record HeadForm(Both Title, string Target, string Start, string GreetingEnds);
