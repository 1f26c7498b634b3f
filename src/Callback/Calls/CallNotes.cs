namespace Callback.Calls;

/// <summary>
/// What the agent ticks, types and chooses on a card, from the hold to the result. A draft is one of these unfinished; a result is one that passed
/// <c>ResultPolicy</c>. Everything has a value from the start, so that a page can bind to it.
/// </summary>
public sealed record CallNotes
{
    public static readonly CallNotes Empty = new();

    /// <summary>A code of the purpose's outcome catalogue; empty while undecided.</summary>
    public string Outcome { get; init; } = "";

    public IReadOnlyList<string> ReasonCodes { get; init; } = [];

    /// <summary>Script node or question → answer code or text, as collected on the way.</summary>
    public IReadOnlyDictionary<string, string> Answers { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<ChecklistMark> Checklist { get; init; } = [];

    public string Note { get; init; } = "";

    public PromisedTime? Promise { get; init; }

    public bool DoNotCall { get; init; }

    public IReadOnlyList<Compensation> Compensation { get; init; } = [];

    public IReadOnlyList<NewTask> Tasks { get; init; } = [];

    /// <summary>The script node the agent is at; only a draft's concern.</summary>
    public string? Node { get; init; }
}

/// <summary>A checklist item that was ticked, or waived with a reason.</summary>
/// <param name="Item">The item's code in the call script.</param>
/// <param name="Waived">Why it was not done; null: it was ticked.</param>
public sealed record ChecklistMark(string Item, string? Waived = null)
{
    /// <summary>A waiver counts only with its reason.</summary>
    public bool Counts => Waived is null || Waived.Trim().Length > 0;
}

/// <summary>The time the customer named: on the customer's clock.</summary>
/// <param name="Local">Date and time as the customer said it.</param>
/// <param name="Zone">An IANA zone id of the customer.</param>
public sealed record PromisedTime(DateTime Local, string Zone);

/// <summary>What the agent granted: a voucher, a re-shipment …</summary>
public sealed record Compensation(string Kind, decimal Amount, string Currency, string Note = "");

/// <summary>Something to do after the call.</summary>
/// <param name="Kind">A code of the follow-up task list: courier-chase, voucher, exchange …</param>
/// <param name="OrderNo">The order it is about, or null for the person.</param>
public sealed record NewTask(string Kind, string Note, string? OrderNo = null, DateTimeOffset? DueAt = null);
