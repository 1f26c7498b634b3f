using Callback.CallScripts;

namespace Callback.Tests.CallScripts;

public sealed class ScriptPathTests
{
    [Fact]
    public void A_talk_begins_at_the_first_node_and_waits_for_its_answer()
    {
        var path = Talk.Begin("payment-reminder").Path;
        Assert.Equal(("greet", null, false, false), (path.Current.Id, path.Next, path.IsOver, path.GreetingPassed));
    }

    [Fact]
    public void Greeting_is_passed_when_the_purpose_is_reached()
    {
        Assert.False(Talk.Begin("payment-reminder").Answer("greet", "self").Path.GreetingPassed);
        Assert.True(Talk.Begin("payment-reminder").Greeted().Path.GreetingPassed);
    }

    [Theory]
    [InlineData("browsing", "OnlyBrowsing")]
    [InlineData("price", "TooExpensive")]
    [InlineData("account", "AccountTrouble")]
    [InlineData("quality", "QualityDoubts")]
    [InlineData("offer", "WaitingForOffer")]
    [InlineData("fails", "PaymentFails")]
    public void Each_cause_of_an_unpaid_order_has_its_help_and_its_reason_code(string cause, string reason)
    {
        var talk = Talk.Begin("payment-reminder").Greeted().Answer("purpose", "tells").Answer("causes", cause);
        Assert.Equal($"help-{cause}", talk.Path.Current.Id);
        talk = talk.Listen().Answer("decide", "will-pay").Listen();
        Assert.True(talk.Path.IsOver);
        Assert.Equal("WillPay", talk.Path.Proposed.Outcome);
        Assert.Equal([reason], talk.Path.Proposed.Reasons);
    }

    [Fact]
    public void Of_several_causes_each_is_spoken_of_before_the_decision()
    {
        var talk = Talk.Begin("payment-reminder").Greeted().Answer("purpose", "tells").Answer("causes", "fails", "price").Listen();
        Assert.Equal("decide", talk.Path.Current.Id);
        Assert.Equal(["greet", "moment", "purpose", "causes", "help-price", "help-fails", "decide"], talk.Path.Steps.Select(node => node.Id));
        Assert.Equal(["TooExpensive", "PaymentFails"], talk.Path.Proposed.Reasons);
    }

    [Fact]
    public void A_step_that_two_answers_share_is_taken_once()
    {
        var talk = Talk.Begin("delivery-call-back").Greeted().Answer("purpose", "yes").Answer("product", "problem").Answer("problems", "workmanship", "glue").Listen();
        Assert.Equal("wish", talk.Path.Current.Id);
        Assert.Single(talk.Path.Steps, node => node.Id == "photos");
        Assert.Equal([new ScriptAction.OpenTask("PhotosAwaited")], talk.Path.Actions);
    }

    [Fact]
    public void Who_hesitates_is_left_to_think()
    {
        var talk = Talk.Begin("payment-reminder").Greeted().Answer("purpose", "silent").Answer("hints", "price").Listen().Answer("decide", "thinking");
        Assert.Equal("take-time", talk.Path.Current.Id);
        Assert.Equal(["take-time", "thanks", "leave"], new[] { talk, talk.Go("next"), talk.Go("next").Go("next") }.Select(step => step.Path.Current.Id));
    }

    [Fact]
    public void Answers_on_a_branch_that_was_left_are_not_reported()
    {
        var talk = Talk.Begin("payment-reminder").Greeted().Answer("purpose", "silent").Answer("hints", "quality").Listen().Answer("decide", "no");
        Assert.Equal("Declined", talk.Path.Proposed.Outcome);
        var changed = talk.Go("to:purpose").Answer("purpose", "paid").Listen();
        Assert.Equal(["greet", "moment", "purpose"], changed.Path.Answers.Keys);
        Assert.Equal("PaidAlready", changed.Path.Proposed.Outcome);
        Assert.Empty(changed.Path.Proposed.Reasons);
        Assert.Contains("hints", changed.Draft.Answers.Keys);
    }

    [Fact]
    public void An_answer_the_script_does_not_have_changes_nothing()
    {
        var talk = Talk.Begin("payment-reminder").Note("greet", ["anyone"]).Note("no-such-node", ["self"]);
        Assert.Equal("greet", talk.Path.Current.Id);
        Assert.Empty(talk.Path.Answers);
        Assert.Null(talk.Path.Next);
        Assert.Equal(talk.Draft, talk.Go("next").Draft);
    }

    [Fact]
    public void Of_a_single_question_only_one_answer_counts()
    {
        var talk = Talk.Begin("payment-reminder").Greeted().Note("purpose", ["paid", "tells"]);
        Assert.Equal(["tells"], talk.Path.Answers["purpose"].Chosen);
    }

    [Fact]
    public void A_node_that_the_talk_has_not_come_to_cannot_be_jumped_to()
    {
        var talk = Talk.Begin("payment-reminder").Answer("greet", "self");
        Assert.Equal("moment", talk.Go("to:decide").Path.Current.Id);
        Assert.Equal("moment", talk.With(talk.Draft with { CurrentNode = "decide" }).Path.Current.Id);
        Assert.Equal("greet", talk.Go("back").Path.Current.Id);
    }

    [Fact]
    public void A_side_node_returns_to_where_the_talk_was()
    {
        var talk = Talk.Begin("payment-reminder").Greeted().Go("aside:who-are-you");
        Assert.Equal(("who-are-you", "purpose"), (talk.Path.Current.Id, talk.Path.ReturnsTo));
        talk = talk.Listen();
        Assert.Equal("back", talk.Path.Current.Id);
        Assert.False(talk.Path.IsOver);
        talk = talk.Go("next");
        Assert.Equal(("purpose", null), (talk.Path.Current.Id, talk.Path.ReturnsTo));
        Assert.Empty(talk.Draft.ReturnStack);
    }

    [Fact]
    public void A_side_node_inside_a_side_node_returns_step_by_step()
    {
        var talk = Talk.Begin("payment-reminder").Greeted().Go("aside:abuse").Go("aside:bad-line");
        Assert.Equal(["purpose", "abuse"], talk.Draft.ReturnStack);
        talk = talk.Go("return");
        Assert.Equal("abuse", talk.Path.Current.Id);
        Assert.Equal("purpose", talk.Go("return").Path.Current.Id);
    }

    [Theory]
    [InlineData("silence", "silent", "SilentLine")]
    [InlineData("someone-else", "passes-on", "SomeoneElse")]
    public void A_side_node_that_ends_the_talk_proposes_its_outcome(string aside, string answer, string outcome)
    {
        var talk = Talk.Begin("payment-reminder").Go($"aside:{aside}").Answer(aside, answer).Listen();
        Assert.True(talk.Path.IsOver);
        Assert.Equal(outcome, talk.Path.Proposed.Outcome);
    }

    [Fact]
    public void A_talk_that_goes_on_after_a_side_node_ends_with_its_own_outcome()
    {
        var talk = Talk.Begin("payment-reminder").Greeted().Go("aside:busy-now").Listen().Answer("when-instead", "named").Go("return");
        talk = talk.Answer("purpose", "paid").Listen();
        Assert.Equal("PaidAlready", talk.Path.Proposed.Outcome);
    }

    [Fact]
    public void Do_not_call_is_an_action_of_the_path()
    {
        var path = Talk.Begin("delivery-call-back").Greeted().Go("aside:stop-calling").Listen().Path;
        Assert.Contains(new ScriptAction.PutOnDoNotCall(), path.Actions);
        Assert.Equal("DoNotCall", path.Proposed.Outcome);
    }

    [Fact]
    public void A_delivery_call_back_fills_the_call_back_record()
    {
        var talk = Talk.Begin("delivery-call-back").Greeted().Answer("purpose", "yes").Answer("product", "problem")
            .Note("problems", ["smell"], "like paint").Go("next").Listen().Answer("wish", "exchange").Listen()
            .Answer("courier", "bad").Answer("courier-problems", "slow").Listen()
            .Note("suggestion", ["has"], "a bigger box").Go("next").Listen();
        Assert.True(talk.Path.IsOver);
        Assert.Equal("CaseOpened", talk.Path.Proposed.Outcome);
        Assert.Equal(["Smell", "CourierSlow", "Suggestion"], talk.Path.Proposed.Reasons);
        Assert.Equal(
            new Dictionary<RecordField, string>
            {
                [RecordField.Arrived] = "Yes",
                [RecordField.ProductSatisfaction] = "There is a problem",
                [RecordField.Problem] = "Smell; like paint; Slow",
                [RecordField.Promised] = "Exchange",
                [RecordField.CourierSatisfaction] = "Not happy",
                [RecordField.Suggestion] = "Yes; a bigger box",
            },
            talk.Path.Records);
        Assert.Equal(
            [new ScriptAction.OpenTask("Exchange"), new ScriptAction.OfferCompensation("ApologyVoucher"), new ScriptAction.OfferCompensation("SurveyVoucher")],
            talk.Path.Actions);
    }

    [Fact]
    public void A_courier_complaint_alone_was_solved_in_the_call_and_praise_alone_is_satisfied()
    {
        var arrived = Talk.Begin("delivery-call-back").Greeted().Answer("purpose", "yes").Answer("product", "good").Listen();
        var complaint = arrived.Answer("courier", "bad").Answer("courier-problems", "rude").Listen().Answer("suggestion", "none").Listen();
        var praise = arrived.Answer("courier", "good").Answer("suggestion", "none").Listen();
        Assert.Equal(("SolvedInTheCall", "Satisfied"), (complaint.Path.Proposed.Outcome, praise.Path.Proposed.Outcome));
    }

    [Fact]
    public void No_voucher_is_promised_by_a_shop_that_gives_none()
    {
        var talk = Talk.Begin("delivery-call-back", facts: ScriptSamples.Bare("en")).Greeted().Answer("purpose", "yes").Answer("product", "good").Listen()
            .Answer("courier", "bad").Answer("courier-problems", "rude").Listen().Answer("suggestion", "none").Listen();
        Assert.True(talk.Path.IsOver);
        Assert.DoesNotContain(talk.Path.Steps, node => node.Id is "courier-gift" or "survey-gift");
        Assert.Empty(talk.Path.Actions);
    }

    [Fact]
    public void A_draft_survives_its_journey_as_json()
    {
        var talk = Talk.Begin("payment-reminder").Greeted().Go("aside:abuse");
        var draft = talk.Draft with { Promise = new DraftPromise(new DateTime(2026, 11, 20, 16, 30, 0), "Asia/Shanghai"), Tasks = [new DraftTask("Refund")], Reasons = [] };
        var read = CallDraftJson.Read(CallDraftJson.Write(draft));
        Assert.Equal(CallDraftJson.Write(draft), CallDraftJson.Write(read));
        Assert.Equal("abuse", talk.With(read).Path.Current.Id);
        Assert.Equal(CallDraftJson.Write(CallDraft.Empty), CallDraftJson.Write(CallDraftJson.Read("{}")));
    }
}
