using Callback.CallScripts;
using Callback.Practice;
using Callback.Tests.Windows;
using Callback.Wording;

namespace Callback.Tests.Practice;

public sealed class ReviewPolicyTests
{
    private static readonly WordingGuard Guard = WordingGuard.Load(Shipped.ConfigFolder);

    [Fact]
    public void Who_understands_everything_gets_all_points()
    {
        foreach (var call in PracticeScene.FirstWeek.Calls.Where(call => call.Customer.EndsWith is null))
        {
            var customer = PracticeScene.Meet(call.Customer, call.Purpose, call.Seed);

            var review = Review(customer, PracticeScene.BestDraft(customer));

            Assert.True(review.Points.Total == 100, $"{call.Id}: {review.Points}");
            Assert.Empty(review.Better);
            Assert.DoesNotContain(review.Steps, step => step.Fits == false);
        }
    }

    [Fact]
    public void A_misunderstood_customer_costs_points_and_the_better_way_is_named()
    {
        var customer = PracticeScene.Meet("in-a-hurry");
        var pressed = PracticeScene.Walk(customer, "choose:self", "choose:good", "choose:tells") with { Outcome = "Declined" };

        var review = Review(customer, pressed);

        var moment = Assert.Single(review.Steps, step => step.Node == "moment");
        Assert.False(moment.Fits);
        Assert.Equal(customer.Script["moment"].Answers.Single(answer => answer.Id == "busy").Label, moment.Meant);
        Assert.Contains(customer.Script["when-instead"].Title, review.Better);
        Assert.Equal(("AskedCallBack", false), (review.ExpectedOutcome, review.OutcomeFits));
        Assert.True(review.Points.Total < PracticeScene.FirstWeek.CallsPass);
    }

    [Fact]
    public void Passing_over_what_should_have_been_opened_is_seen()
    {
        var customer = PracticeScene.Meet("suspicious");

        var review = Review(customer, PracticeScene.Walk(customer, "choose:self", "choose:good"));

        var missed = Assert.Single(review.Steps, step => step.Node == "greet" && step.Fits == false);
        Assert.Equal(customer.Script["who-are-you"].Title, missed.Meant);
        Assert.Null(missed.Chosen);
    }

    [Theory]
    [InlineData("Voicemail", 100)]
    [InlineData("NoAnswer", 80)]
    public void Nothing_is_to_be_said_to_a_voicemail(string outcome, int points) =>
        Assert.Equal(points, Review(PracticeScene.Meet("voicemail"), CallDraft.Empty with { Outcome = outcome }).Points.Total);

    [Fact]
    public void Who_talks_to_a_voicemail_loses_the_points_of_the_choices()
    {
        var customer = PracticeScene.Meet("voicemail");

        Assert.Equal(0, Review(customer, PracticeScene.Walk(customer, "choose:self", "choose:good") with { Outcome = "Voicemail" }).Points.Choices);
    }

    [Fact]
    public void A_call_nobody_answered_asks_only_for_its_outcome()
    {
        var review = Review(PracticeScene.Meet("helpful"), CallDraft.Empty with { Outcome = "NoAnswer" }, answered: false);

        Assert.Equal((100, "NoAnswer"), (review.Points.Total, review.ExpectedOutcome));
    }

    [Theory]
    [InlineData("客户很满意，已道谢", 15)]
    [InlineData("我跟客户说保证明天到", 7)]
    public void Bad_wording_in_the_note_costs_points(string note, int points) =>
        Assert.Equal(points, Review(PracticeScene.Meet("voicemail"), CallDraft.Empty with { Note = note }).Points.Wording);

    [Theory]
    [InlineData(3, 10)]
    [InlineData(6, 5)]
    [InlineData(11, 0)]
    public void A_long_talk_costs_points(int minutes, int points) =>
        Assert.Equal(points, Review(PracticeScene.Meet("helpful"), CallDraft.Empty, talk: TimeSpan.FromMinutes(minutes)).Points.Time);

    [Fact]
    public void A_missed_checklist_item_is_named_and_a_waived_one_is_not()
    {
        var item = new ChecklistItem("restated", ChecklistPhase.During, new("Restated", "复述"), false, null, ChecklistCondition.Always);
        IReadOnlyList<ChecklistEntry> entries = [new(item, false, null), new(item with { Id = "noted" }, true, null), new(item with { Id = "asked" }, false, "did not apply")];

        var review = Review(PracticeScene.Meet("helpful"), CallDraft.Empty, checklist: entries);

        Assert.Equal(["restated"], review.Missed.Select(missed => missed.Id));
        Assert.Equal(10, review.Points.Checklist);
    }

    private static CallReview Review(CustomerReplies customer, CallDraft draft, bool answered = true, TimeSpan talk = default, IReadOnlyList<ChecklistEntry>? checklist = null) =>
        ReviewPolicy.Of(new(customer, draft, answered, "NoAnswer", talk, checklist ?? [Done], Guard.CheckAll(draft.TypedTexts())));

    private static readonly ChecklistEntry Done = new(new("done", ChecklistPhase.After, new("Done", "完成"), true, null, ChecklistCondition.Always), true, null);
}
