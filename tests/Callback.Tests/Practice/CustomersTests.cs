using Callback.Practice;
using Callback.Practice.Reading;
using Callback.Telephony;
using Callback.Tests.Windows;
using FsCheck;
using FsCheck.Fluent;

namespace Callback.Tests.Practice;

public sealed class CustomersTests
{
    public static TheoryData<string, string> ExpectedOutcomes => new()
    {
        { "in-a-hurry", "AskedCallBack" },
        { "someone-else", "SomeoneElse" },
        { "wrong-number", "WrongNumber" },
        { "silent", "SilentLine" },
        { "voicemail", "Voicemail" },
        { "suspicious", "ThinksItOver" },
        { "bargaining", "ThinksItOver" },
        { "angry", "Declined" },
    };

    public static TheoryData<string, string, int> Calls
    {
        get
        {
            var calls = new TheoryData<string, string, int>();
            foreach (var call in PracticeScene.FirstWeek.Calls)
                calls.Add(call.Customer.Id, call.Purpose.ToString(), call.Seed);
            return calls;
        }
    }

    [Fact]
    public void Ten_characters_are_shipped() => Assert.Equal(
        ["angry", "bargaining", "helpful", "in-a-hurry", "long-talker", "silent", "someone-else", "suspicious", "voicemail", "wrong-number"],
        PracticeScene.Book.Customers.Select(customer => customer.Id));

    [Theory]
    [MemberData(nameof(ExpectedOutcomes))]
    public void A_payment_reminder_ends_as_the_character_is(string customer, string outcome) =>
        Assert.Equal(outcome, BestTalk.Of(PracticeScene.Meet(customer)).Outcome);

    [Theory]
    [MemberData(nameof(Calls))]
    public void Every_call_of_the_course_can_be_talked_to_its_end_in_both_languages(string customer, string purpose, int seed)
    {
        var talks = new[] { "zh-CN", "en" }.Select(language => BestTalk.Of(PracticeScene.Meet(customer, Enum.Parse<Purpose>(purpose), seed, language))).ToList();

        Assert.NotNull(talks[0].Outcome);
        Assert.Equal(talks[0].Outcome, talks[1].Outcome);
        Assert.Equal(talks[0].Steps, talks[1].Steps);
        Assert.Equal(talks[0].Decisions, talks[1].Decisions);
    }

    [Fact]
    public void Every_customer_finds_an_end_in_every_script_with_every_seed() =>
        Prop.ForAll(
            Gen.Elements(PracticeScene.Book.Customers.Select(customer => customer.Id).ToArray()).ToArbitrary(),
            Gen.Elements(Enum.GetValues<Purpose>().Where(purpose => PracticeScene.Scripts.NamesFor(purpose).Count > 0).ToArray()).ToArbitrary(),
            ArbMap.Default.ArbFor<int>(),
            (customer, purpose, seed) => BestTalk.Of(PracticeScene.Meet(customer, purpose, seed)).Steps.Count < 100)
        .QuickCheckThrowOnFailure();

    [Fact]
    public void The_same_seed_brings_the_same_words_and_another_one_others()
    {
        string[] Told(int seed)
        {
            var customer = PracticeScene.Meet("helpful", seed: seed);
            return [customer.Opening, PracticeScene.Reply(customer, PracticeScene.Walk(customer, "choose:self", "choose:good"))!.Branch!];
        }

        Assert.Equal(Told(12), Told(12));
        Assert.True(Enumerable.Range(0, 40).Select(seed => string.Join('|', Told(seed))).Distinct().Count() > 2);
    }

    [Fact]
    public void A_customer_says_nothing_to_what_only_the_agent_sees()
    {
        var customer = PracticeScene.Meet("in-a-hurry");

        var draft = PracticeScene.Walk(customer, "choose:self", "choose:busy", "choose:named");

        Assert.Equal("promise-time", draft.CurrentNode);
        Assert.Null(PracticeScene.Reply(customer, draft));
    }

    [Fact]
    public void Who_is_suspicious_wants_to_know_first_who_calls()
    {
        var customer = PracticeScene.Meet("suspicious", language: "en");

        var before = PracticeScene.Reply(customer, PracticeScene.Walk(customer))!;
        var after = PracticeScene.Reply(customer, PracticeScene.Walk(customer, "aside:who-are-you", "next", "next"))!;

        Assert.Equal(("who-are-you", null), (before.Aside, before.Branch));
        Assert.Equal((null, "self", CustomerMood.Calm), (after.Aside, after.Branch, after.Mood));
    }

    [Fact]
    public void A_question_that_no_reply_is_for_is_answered_with_the_words_of_the_branch()
    {
        var customer = PracticeScene.Book.FindCustomer("helpful")! with { Replies = [], Answers = ["busy"] };

        var reply = PracticeScene.Reply(PracticeScene.Meet(customer, language: "en"), PracticeScene.Walk(PracticeScene.Meet(customer, language: "en"), "choose:self"))!;

        Assert.Equal("busy", reply.Branch);
        Assert.Contains("Busy, another time is fine", reply.Says, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public void A_customer_of_a_course_always_comes_to_the_phone(string customer, string purpose, int seed)
    {
        Assert.NotEmpty(purpose);
        var steps = CustomerPhone.Steps(PracticeScene.Book.FindCustomer(customer)!, seed);

        Assert.Equal([CallState.Initiated, CallState.Ringing, CallState.Answered, CallState.Completed], steps.Select(step => step.State));
        Assert.Equal(steps.Select(step => step.After).Order(), steps.Select(step => step.After));
        Assert.InRange(steps[2].After, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(15));
        Assert.Equal(steps, CustomerPhone.Steps(PracticeScene.Book.FindCustomer(customer)!, seed));
    }

    [Fact]
    public void The_shipped_files_have_no_mistake_and_the_check_walks_every_call() =>
        Assert.DoesNotContain(new PracticeConfigCheck().Check(Shipped.ConfigFolder), finding => finding.Kind != ConfigFindingKind.Fact);
}
