using Callback.CallScripts;

namespace Callback.Tests.CallScripts;

/// <summary>The shipped outcomes do what the table of one attempt only says.</summary>
public sealed class OutcomeCatalogueTests
{
    private static readonly OutcomeCatalogue Catalogue = Talk.Book.Outcomes;

    public static TheoryData<Purpose> Purposes => [.. Enum.GetValues<Purpose>()];

    [Theory]
    [InlineData("NoAnswer")]
    [InlineData("Busy")]
    [InlineData("DeclinedCall")]
    [InlineData("SwitchedOff")]
    [InlineData("Voicemail")]
    [InlineData("HungUpEarly")]
    public void A_call_that_was_let_pass_is_ignored_and_opens_nothing(string code)
    {
        var outcome = Catalogue.Find(code)!;
        Assert.Equal((true, false, Need.None, false, false), (outcome.Ignored, outcome.Reached, outcome.Promise, outcome.RepairAllowed, outcome.TechnicalAllowed));
        Assert.Equal((false, false), (outcome.SuppressesNumber, outcome.DoNotCall));
    }

    [Theory]
    [InlineData("AskedCallBack", Need.Required, true)]
    [InlineData("SomeoneElse", Need.Allowed, false)]
    public void Only_who_named_a_time_is_promised_a_call(string code, Need promise, bool reached)
    {
        var outcome = Catalogue.Find(code)!;
        Assert.Equal((promise, reached, false), (outcome.Promise, outcome.Reached, outcome.Ignored));
        Assert.DoesNotContain(Catalogue.All, other => other.Promise != Need.None && other.Code is not ("AskedCallBack" or "SomeoneElse"));
    }

    [Fact]
    public void Only_a_silent_line_may_be_repaired_and_only_a_failed_one_retried()
    {
        Assert.Equal(["SilentLine"], Catalogue.All.Where(outcome => outcome.RepairAllowed).Select(outcome => outcome.Code));
        Assert.Equal(["LineFailed"], Catalogue.All.Where(outcome => outcome.TechnicalAllowed).Select(outcome => outcome.Code));
    }

    [Fact]
    public void Only_wrong_and_dead_numbers_are_suppressed_and_only_a_wish_is_for_good()
    {
        Assert.Equal(["WrongNumber", "NotInService"], Catalogue.All.Where(outcome => outcome.SuppressesNumber).Select(outcome => outcome.Code));
        Assert.Equal(["DoNotCall"], Catalogue.All.Where(outcome => outcome.DoNotCall).Select(outcome => outcome.Code));
    }

    [Theory]
    [InlineData("WillPay")]
    [InlineData("PaidAlready")]
    [InlineData("Declined")]
    [InlineData("Satisfied")]
    [InlineData("NoTimeToTalk")]
    public void A_talk_opens_no_further_call(string code)
    {
        var outcome = Catalogue.Find(code)!;
        Assert.Equal((true, Need.None, false, false), (outcome.Reached, outcome.Promise, outcome.RepairAllowed, outcome.TechnicalAllowed));
    }

    [Theory]
    [MemberData(nameof(Purposes))]
    public void What_the_line_can_bring_is_offered_for_every_purpose(Purpose purpose)
    {
        var codes = Catalogue.For(purpose).Select(outcome => outcome.Code).ToList();
        string[] always = ["NoAnswer", "Busy", "DeclinedCall", "SwitchedOff", "Voicemail", "HungUpEarly", "AskedCallBack", "SomeoneElse", "SilentLine", "LineFailed", "WrongNumber", "NotInService", "DoNotCall"];
        Assert.Subset(codes.ToHashSet(), always.ToHashSet());
        Assert.Equal(codes.Count, Catalogue.For(purpose).Where(outcome => outcome.Key is not null).Select(outcome => outcome.Key).Distinct().Count());
    }

    [Fact]
    public void The_six_causes_of_an_unpaid_order_are_its_reasons() =>
        Assert.Equal(
            ["OnlyBrowsing", "TooExpensive", "AccountTrouble", "QualityDoubts", "WaitingForOffer", "PaymentFails"],
            Catalogue.ReasonsFor(Purpose.PaymentReminder).Where(reason => reason.Group == "cause").Select(reason => reason.Code));

    [Fact]
    public void An_outcome_of_another_purpose_is_not_found()
    {
        Assert.Null(Catalogue.Find("WillPay", Purpose.DeliveryCallBack));
        Assert.NotNull(Catalogue.Find("WillPay", Purpose.PaymentReminder));
        Assert.Null(Catalogue.Find(null, Purpose.PaymentReminder));
    }

    [Fact]
    public void Labels_stand_in_both_languages()
    {
        var labels = Catalogue.All.Select(outcome => outcome.Label).Concat(Catalogue.Reasons.Select(reason => reason.Label)).Concat(Catalogue.TaskKinds.Select(kind => kind.Label)).ToList();
        Assert.All(labels, label => Assert.Matches(@"\A[^\u4E00-\u9FFF]+\z", label.En));
        Assert.All(labels, label => Assert.Matches(@"[\u4E00-\u9FFF]", label.Zh));
        Assert.Equal("无人接听", Catalogue.Find("NoAnswer")!.Label.In("zh-CN"));
        Assert.Equal("Rang, not answered", Catalogue.Find("NoAnswer")!.Label.In("en"));
    }

    [Fact]
    public void An_ignored_call_that_opened_another_would_be_refused()
    {
        using var pack = new TinyPack();
        var text = File.ReadAllText(Path.Combine(Config.Folder, "outcomes.yaml"));
        pack.Write("outcomes.yaml", text.Replace("    ignored: true\n    key: a", "    ignored: true\n    repair: true\n    key: b", StringComparison.Ordinal));
        var messages = pack.Errors().Select(error => error.Message).ToList();
        Assert.Contains("NoAnswer: an ignored call opens no further call.", messages);
        Assert.Contains("Key 'b' chooses more than one outcome of PaymentReminder: NoAnswer, Busy.", messages);
    }
}
