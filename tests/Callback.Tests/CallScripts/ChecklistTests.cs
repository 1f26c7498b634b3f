using Callback.CallScripts;

namespace Callback.Tests.CallScripts;

public sealed class ChecklistTests
{
    private static readonly ChecklistFacts Plain = new(OrdersFromFiles: false, SeveralOrders: false, OrderSeen: true, GreetingPassed: false, ResultConfirmed: false, Reached: null);

    private static readonly Checklist Reminder = Talk.Book.ChecklistOf(Purpose.PaymentReminder);

    [Fact]
    public void An_order_from_a_file_is_looked_up_before_dialing_a_payment_reminder()
    {
        var entry = Assert.Single(Reminder.For(CallDraft.Empty, Plain with { OrdersFromFiles = true }), entry => entry.Item.Id == "looked-up-in-back-office");
        Assert.Equal((ChecklistPhase.Before, true, true), (entry.Item.Phase, entry.Item.Required, entry.Missing));
        Assert.DoesNotContain(Reminder.For(CallDraft.Empty, Plain), entry => entry.Item.Id == "looked-up-in-back-office");
        Assert.DoesNotContain(Talk.Book.ChecklistOf(Purpose.DeliveryCallBack).Items, item => item.Id == "looked-up-in-back-office");
    }

    [Fact]
    public void A_required_item_is_ticked_or_waived_with_a_reason()
    {
        Assert.True(Missing(CallDraft.Empty));
        Assert.False(Missing(CallDraft.Empty with { Ticks = ["looked-up-in-back-office"] }));
        Assert.True(Missing(CallDraft.Empty with { Waivers = new Dictionary<string, string> { ["looked-up-in-back-office"] = " " } }));
        Assert.False(Missing(CallDraft.Empty with { Waivers = new Dictionary<string, string> { ["looked-up-in-back-office"] = "back office is down" } }));

        static bool Missing(CallDraft draft) => Reminder.For(draft, Plain with { OrdersFromFiles = true }).Any(entry => entry.Item.Phase == ChecklistPhase.Before && entry.Missing);
    }

    [Fact]
    public void The_program_ticks_what_it_knows_and_no_one_else_can()
    {
        var forged = CallDraft.Empty with { Ticks = ["greeting-passed", "result-confirmed"] };
        Assert.False(Ticked(forged, Plain, "greeting-passed"));
        Assert.False(Ticked(forged, Plain, "result-confirmed"));
        Assert.True(Ticked(CallDraft.Empty, Plain, "order-on-screen"));
        Assert.True(Ticked(CallDraft.Empty, Plain with { GreetingPassed = true, ResultConfirmed = true }, "greeting-passed"));

        static bool Ticked(CallDraft draft, ChecklistFacts facts, string item) => Reminder.For(draft, facts).Single(entry => entry.Item.Id == item).Ticked;
    }

    [Fact]
    public void A_call_nobody_answered_needs_no_more_than_its_result()
    {
        var facts = Plain with { Reached = false, ResultConfirmed = true };
        Assert.DoesNotContain(Reminder.For(CallDraft.Empty, facts), entry => entry.Missing);
        Assert.Contains(Reminder.For(CallDraft.Empty, facts with { Reached = true }), entry => entry.Missing && entry.Item.Phase == ChecklistPhase.After);
    }

    [Fact]
    public void One_call_about_several_orders_says_so_first() =>
        Assert.Contains(Reminder.For(CallDraft.Empty, Plain with { SeveralOrders = true }), entry => entry is { Item.Id: "several-orders-known", Missing: true });

    [Fact]
    public void Every_purpose_has_all_three_phases() =>
        Assert.All(Enum.GetValues<Purpose>(), purpose =>
            Assert.Equal(Enum.GetValues<ChecklistPhase>(), Talk.Book.ChecklistOf(purpose).Items.Select(item => item.Phase).Distinct()));
}
