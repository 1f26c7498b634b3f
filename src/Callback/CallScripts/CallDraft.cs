namespace Callback.CallScripts;

/// <summary>
/// What the agent has typed, ticked and chosen on a card, from the hold to the result: the content of a row of <c>drafts</c>.
/// Pure data, serialised with <see cref="CallDraftJson.Options"/>. It says where the talk is, never what follows from it: <see cref="ScriptPath"/> works that out,
/// so a forged or outdated draft cannot bring an answer into the result that the script does not have.
/// </summary>
public sealed record CallDraft
{
    public static CallDraft Empty { get; } = new();

    /// <summary>What was chosen and typed at ask nodes, by node id. Answers of branches that were left stay here and are not reported.</summary>
    public IReadOnlyDictionary<string, NodeAnswer> Answers { get; init; } = new Dictionary<string, NodeAnswer>();

    /// <summary>The node on screen; null: the script's first.</summary>
    public string? CurrentNode { get; init; }

    /// <summary>Where the talk goes on after the side nodes it is in, innermost last; empty on the main path.</summary>
    public IReadOnlyList<string> ReturnStack { get; init; } = [];

    /// <summary>The side nodes that were opened, in that order, each once.</summary>
    public IReadOnlyList<string> Asides { get; init; } = [];

    /// <summary>Ids of the checklist items the agent ticked.</summary>
    public IReadOnlyList<string> Ticks { get; init; } = [];

    /// <summary>Required checklist items left out, by id, with the reason.</summary>
    public IReadOnlyDictionary<string, string> Waivers { get; init; } = new Dictionary<string, string>();

    /// <summary>Code of the outcome the agent chose; null: none yet, the path's proposal is shown.</summary>
    public string? Outcome { get; init; }

    /// <summary>Reason codes the agent chose; null: not touched yet, the path's proposal is shown.</summary>
    public IReadOnlyList<string>? Reasons { get; init; }

    public string Note { get; init; } = "";

    public DraftPromise? Promise { get; init; }

    public bool DoNotCall { get; init; }

    /// <summary>Follow-up tasks; null: not touched yet, the path's proposal is shown.</summary>
    public IReadOnlyList<DraftTask>? Tasks { get; init; }

    /// <summary>What was entered about promises of the shop: what is claimed, what is known of it, and what is granted.</summary>
    public IReadOnlyList<DraftClaim> Claims { get; init; } = [];

    /// <summary>Everything that was typed in words, wherever on the card: the note, beside answers, tasks and claims, and why an item was left out.</summary>
    public IEnumerable<string> TypedTexts() =>
        new[] { Note }
            .Concat(Answers.Values.Select(answer => answer.Text ?? ""))
            .Concat((Tasks ?? []).Select(task => task.Note))
            .Concat(Claims.Select(claim => claim.Note))
            .Concat(Waivers.Values)
            .Where(text => text.Length > 0);
}

/// <summary>An answer at one node: ids of the chosen branches (one, or several where the node allows it) and what was typed.</summary>
public sealed record NodeAnswer(IReadOnlyList<string> Chosen, string? Text = null)
{
    public static NodeAnswer Of(params IReadOnlyList<string> chosen) => new(chosen);
}

/// <summary>A call-back the customer asked for.</summary>
/// <param name="Local">Date and time on the customer's clock.</param>
/// <param name="Zone">IANA zone of that clock; null: the called party's zone as the card knows it.</param>
public sealed record DraftPromise(DateTime Local, string? Zone = null);

/// <summary>What the agent knows of one promise for one order.</summary>
/// <param name="Promise">Its code in config/promises.yaml.</param>
/// <param name="Note">Why it is granted; a manager who has to agree reads it.</param>
public sealed record DraftClaim(string Promise, string OrderNo, string Note = "")
{
    /// <summary>The customer asks for it, though no reason code says so.</summary>
    public bool Claimed { get; init; }

    /// <summary>What proves it was seen.</summary>
    public bool Proven { get; init; }

    /// <summary>The shop's back office shows that the receipt is not confirmed.</summary>
    public bool ReceiptOpen { get; init; }

    /// <summary>What sending cost the customer; null: not known yet.</summary>
    public decimal? Freight { get; init; }

    /// <summary>What was agreed on; null: nothing yet.</summary>
    public decimal? Agreed { get; init; }

    /// <summary>It is to be given.</summary>
    public bool Granted { get; init; }
}

/// <summary>A follow-up task as proposed or typed.</summary>
/// <param name="Kind">Code of a task kind of the <see cref="OutcomeCatalogue"/>.</param>
/// <param name="OrderNo">The order it is about; null: the whole call.</param>
/// <param name="DueLocal">On the shop's clock; null: the kind's own span from the moment of recording.</param>
public sealed record DraftTask(string Kind, string? OrderNo = null, string Note = "", DateTime? DueLocal = null);
