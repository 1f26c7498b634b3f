namespace Callback.CallScripts;

/// <summary>When in the call an item belongs: before dialing, while talking, after hanging up.</summary>
public enum ChecklistPhase
{
    Before,
    During,
    After,
}

/// <summary>A fact the program knows by itself and ticks.</summary>
public enum AutoTick
{
    /// <summary>The card with the orders was on screen (true from the hold on).</summary>
    OrderSeen,

    /// <summary>The talk went past the greeting: the shop was named and the right person spoken with.</summary>
    GreetingPassed,

    /// <summary>An outcome was chosen by the agent, not only proposed.</summary>
    ResultConfirmed,
}

/// <summary>On which cards an item stands at all.</summary>
public enum ChecklistCondition
{
    Always,

    /// <summary>An order on the card came from a file, so its status may be hours old.</summary>
    OrdersFromFiles,

    /// <summary>The card is about more than one order.</summary>
    SeveralOrders,

    /// <summary>The customer was spoken with; as long as no outcome is chosen the item stands.</summary>
    Reached,
}

/// <summary>One thing to do or say.</summary>
/// <param name="Required">Must be ticked or waived with a reason before the result can be saved; a required item of <see cref="ChecklistPhase.Before"/> before dialing.</param>
/// <param name="Auto">Ticked by the program; null: by the agent.</param>
public sealed record ChecklistItem(string Id, ChecklistPhase Phase, Label Label, bool Required, AutoTick? Auto, ChecklistCondition Condition);

/// <summary>What the program knows about a card, to choose and tick items.</summary>
/// <param name="Reached">Of the outcome the agent chose; null: none is chosen yet.</param>
public sealed record ChecklistFacts(bool OrdersFromFiles, bool SeveralOrders, bool OrderSeen, bool GreetingPassed, bool ResultConfirmed, bool? Reached);

/// <summary>An item as it stands on one card.</summary>
public sealed record ChecklistEntry(ChecklistItem Item, bool Ticked, string? Waiver)
{
    public bool Missing => Item.Required && !Ticked && string.IsNullOrWhiteSpace(Waiver);
}

/// <summary>The items of one purpose (config/checklists.yaml).</summary>
public sealed record Checklist(Purpose Purpose, IReadOnlyList<ChecklistItem> Items)
{
    public IReadOnlyList<ChecklistEntry> For(CallDraft draft, ChecklistFacts facts) =>
        [.. Items.Where(item => Stands(item, facts)).Select(item => Entry(item, draft, facts))];

    private static bool Stands(ChecklistItem item, ChecklistFacts facts) => item.Condition switch
    {
        ChecklistCondition.OrdersFromFiles => facts.OrdersFromFiles,
        ChecklistCondition.SeveralOrders => facts.SeveralOrders,
        ChecklistCondition.Reached => facts.Reached ?? true,
        _ => true,
    };

    private static ChecklistEntry Entry(ChecklistItem item, CallDraft draft, ChecklistFacts facts) =>
        new(item, Known(item.Auto, facts) ?? draft.Ticks.Contains(item.Id), draft.Waivers.GetValueOrDefault(item.Id));

    private static bool? Known(AutoTick? auto, ChecklistFacts facts) => auto switch
    {
        AutoTick.OrderSeen => facts.OrderSeen,
        AutoTick.GreetingPassed => facts.GreetingPassed,
        AutoTick.ResultConfirmed => facts.ResultConfirmed,
        _ => null,
    };
}
