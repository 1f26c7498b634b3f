namespace Callback.CallScripts.Editing;

/// <summary>What a scheduler works on; nobody else sees it.</summary>
/// <param name="Name">Without the pack: <c>our-own</c>.</param>
/// <param name="Revision">Rises with every saving; a saving names the one it was made on.</param>
/// <param name="BasedOn">The published version it began with; null: a file's, an import, or none.</param>
public sealed record ScriptDraft(string Name, ScriptTexts Texts, int Revision, int? BasedOn, DateTimeOffset SavedAt, string SavedBy);

/// <summary>A published version: it never changes and is never deleted.</summary>
/// <param name="RolledBackTo">The version whose content it repeats; null: it was written.</param>
public sealed record ScriptVersion(int Version, string Note, DateTimeOffset PublishedAt, string PublishedBy, string Hash, int? RolledBackTo);

/// <summary>How far a saving came.</summary>
public abstract record SaveScriptResult
{
    public sealed record Saved(ScriptDraft Draft) : SaveScriptResult;

    /// <summary>Someone else saved first; nothing was done.</summary>
    public sealed record ChangedMeanwhile(ScriptDraft Current) : SaveScriptResult;

    /// <summary>There is no such draft (any more).</summary>
    public sealed record NotFound : SaveScriptResult;
}

/// <summary>How far a publication came.</summary>
public abstract record PublishScriptResult
{
    public sealed record Published(int Version) : PublishScriptResult;

    /// <summary>Someone else saved meanwhile: what would be published is not what was looked at.</summary>
    public sealed record ChangedMeanwhile(ScriptDraft Current) : PublishScriptResult;

    /// <summary>Errors, which no version may have.</summary>
    public sealed record Blocked(IReadOnlyList<ScriptFinding> Errors) : PublishScriptResult;

    public sealed record NotFound : PublishScriptResult;
}

/// <summary>Names of scripts, and how long their notes may be.</summary>
public static class ShopScriptPolicy
{
    public const int LongestText = 100_000;

    public const int LongestNote = 500;

    public const int LongestName = 48;

    /// <summary>a–z, 0–9 and '-', 1–48 characters, beginning with a letter or digit.</summary>
    public static Problem? CheckName(string name) =>
        name.Length is > 0 and <= LongestName && name[0] != '-' && name.All(letter => letter is >= 'a' and <= 'z' or >= '0' and <= '9' or '-')
            ? null
            : Problem.Of("script-name-form", "name", ("value", name));

    /// <summary>The id of a step: as a script's name, and new in the script.</summary>
    public static Problem? CheckStep(string id, IReadOnlyCollection<string> taken) =>
        CheckName(id) is not null ? Problem.Of("script-step-form", "to", ("value", id)) : taken.Contains(id) ? Problem.Of("script-step-taken", "to", ("value", id)) : null;

    public static Problem? CheckTexts(ScriptTexts texts) =>
        texts.Zh.Length > LongestText || texts.En.Length > LongestText || HasControl(texts.Zh) || HasControl(texts.En)
            ? Problem.Of("script-too-long", "zh", ("allowed", $"{LongestText}"))
            : null;

    /// <summary>A script says what changed and why; the note stands beside the version for good.</summary>
    public static Problem? CheckNote(string note) =>
        note.Trim().Length is 0 or > LongestNote ? Problem.Of("script-note", "note", ("allowed", $"1–{LongestNote}")) : null;

    /// <exception cref="InvalidInputException">Any of the problems there are.</exception>
    public static void Demand(params IReadOnlyList<Problem?> problems)
    {
        if (problems.OfType<Problem>().ToList() is { Count: > 0 } wrong)
            throw new InvalidInputException(wrong);
    }

    private static bool HasControl(string text) => text.Contains('\0', StringComparison.Ordinal) || text.Contains('\u0001', StringComparison.Ordinal);
}
