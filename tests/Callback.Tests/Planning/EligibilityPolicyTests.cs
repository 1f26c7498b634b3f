using Callback.Campaigns;
using Callback.Planning;
using Callback.Windows;

namespace Callback.Tests.Planning;

public sealed class EligibilityPolicyTests
{
    /// <summary>Monday, 11:20 in Shanghai.</summary>
    private static readonly DateTimeOffset Now = PlanningScene.Morning;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private static readonly CallFacts Callable = Given.Facts(Now);

    [Fact]
    public void An_order_with_nothing_against_it_may_be_called_until_the_window_closes() =>
        Assert.Equal(new Eligibility.Eligible(CallKind.First, 0, new(2026, 3, 16, 3, 59, 15, TimeSpan.Zero)), EligibilityPolicy.Decide(Callable, Now));

    [Theory]
    [InlineData(CampaignStatus.Draft)]
    [InlineData(CampaignStatus.Paused)]
    [InlineData(CampaignStatus.Ended)]
    public void A_campaign_that_does_not_run_calls_nobody(CampaignStatus status) =>
        Assert.Equal(Blocked(BlockReason.CampaignNotRunning), Decide(Callable.WithCampaign(campaign => campaign with { Status = status })));

    [Fact]
    public void A_campaign_calls_from_the_first_moment_of_its_first_day_to_the_end_of_its_last()
    {
        var facts = Callable with { Campaign = Callable.Campaign with { StartsAt = Now, EndsAt = Now + Second } };
        Assert.Equal(Blocked(BlockReason.CampaignNotStarted, Now), EligibilityPolicy.Decide(facts, Now - Second));
        Assert.IsType<Eligibility.Eligible>(EligibilityPolicy.Decide(facts, Now));
        Assert.Equal(Blocked(BlockReason.CampaignOver), EligibilityPolicy.Decide(facts, Now + Second));
    }

    [Theory]
    [InlineData(Purpose.PaymentReminder, OrderStatus.Paid, BlockReason.OrderPaid)]
    [InlineData(Purpose.PaymentReminder, OrderStatus.Shipped, BlockReason.OrderPaid)]
    [InlineData(Purpose.PaymentReminder, OrderStatus.Delivered, BlockReason.OrderPaid)]
    [InlineData(Purpose.PaymentReminder, OrderStatus.Refunded, BlockReason.OrderRefunded)]
    [InlineData(Purpose.PaymentReminder, OrderStatus.Closed, BlockReason.OrderClosed)]
    [InlineData(Purpose.DeliveryCallBack, OrderStatus.Unpaid, BlockReason.OrderNotReady)]
    [InlineData(Purpose.DeliveryCallBack, OrderStatus.Paid, BlockReason.OrderNotReady)]
    [InlineData(Purpose.DeliveryCallBack, OrderStatus.Shipped, BlockReason.OrderNotReady)]
    [InlineData(Purpose.DeliveryCallBack, OrderStatus.Refunded, BlockReason.OrderRefunded)]
    [InlineData(Purpose.DeliveryCallBack, OrderStatus.Closed, BlockReason.OrderClosed)]
    [InlineData(Purpose.DeliveryProblem, OrderStatus.Paid, BlockReason.OrderNotReady)]
    [InlineData(Purpose.DeliveryProblem, OrderStatus.Delivered, BlockReason.OrderMovedOn)]
    [InlineData(Purpose.OutOfStock, OrderStatus.Unpaid, BlockReason.OrderNotReady)]
    [InlineData(Purpose.OutOfStock, OrderStatus.Shipped, BlockReason.OrderMovedOn)]
    [InlineData(Purpose.RefundOrDispute, OrderStatus.Unpaid, BlockReason.OrderNotReady)]
    [InlineData(Purpose.RefundOrDispute, OrderStatus.Refunded, BlockReason.OrderRefunded)]
    [InlineData(Purpose.RefundOrDispute, OrderStatus.Closed, BlockReason.OrderClosed)]
    [InlineData(Purpose.ResolutionCheck, OrderStatus.Unpaid, BlockReason.OrderNotReady)]
    public void An_order_in_another_status_is_no_case_for_the_purpose(Purpose purpose, OrderStatus status, BlockReason reason) =>
        Assert.Equal(Blocked(reason), Decide(Callable.WithCampaign(campaign => campaign with { Purpose = purpose }) with { Status = status }));

    [Theory]
    [InlineData(Purpose.DeliveryProblem, OrderStatus.Shipped)]
    [InlineData(Purpose.OutOfStock, OrderStatus.Paid)]
    [InlineData(Purpose.RefundOrDispute, OrderStatus.Delivered)]
    [InlineData(Purpose.ResolutionCheck, OrderStatus.Refunded)]
    [InlineData(Purpose.ResolutionCheck, OrderStatus.Closed)]
    public void A_status_alone_is_no_case_where_something_must_be_reported(Purpose purpose, OrderStatus status)
    {
        var facts = Callable.WithCampaign(campaign => campaign with { Purpose = purpose }) with { Status = status };
        Assert.Equal(Blocked(BlockReason.NoCase), Decide(facts with { AgeFrom = null }));
        Assert.IsType<Eligibility.Eligible>(Decide(facts));
    }

    [Theory]
    [InlineData(-2.0, null, true)]
    [InlineData(-2.0, -3.0, true)]
    [InlineData(-2.0, -2.0, false)]
    [InlineData(-2.0, -1.0, false)]
    [InlineData(null, -1.0, false)]
    public void Nobody_is_asked_how_the_goods_are_while_a_refund_is_open(double? askedHours, double? closedHours, bool waits)
    {
        var facts = Callable.WithCampaign(campaign => campaign with { Purpose = Purpose.DeliveryCallBack }) with
        {
            Status = OrderStatus.Delivered,
            RefundRequestedAt = askedHours is { } asked ? Now.AddHours(asked) : null,
            ComplaintClosedAt = closedHours is { } closed ? Now.AddHours(closed) : null,
        };
        AssertReason(waits ? BlockReason.RefundOpen : null, Decide(facts));
        AssertReason(null, Decide(facts.WithCampaign(campaign => campaign with { Purpose = Purpose.RefundOrDispute })));
        var promised = facts with { SpentAt = Now.AddHours(-5), Grants = [new(1, CallKind.Promised, Now.AddMinutes(-1), Now.AddHours(1), true)] };
        AssertReason(waits ? BlockReason.RefundOpen : null, Decide(promised));
    }

    [Fact]
    public void An_order_is_callable_from_its_least_age_to_just_before_its_greatest()
    {
        var young = Callable with { AgeFrom = Now - TimeSpan.FromMinutes(30) };
        Assert.IsType<Eligibility.Eligible>(Decide(young));
        Assert.Equal(Blocked(BlockReason.TooYoung, Now + Second), Decide(young with { AgeFrom = young.AgeFrom + Second }));
        var old = Callable with { AgeFrom = Now - TimeSpan.FromHours(72) };
        Assert.Equal(Blocked(BlockReason.TooOld), Decide(old));
        Assert.IsType<Eligibility.Eligible>(Decide(old with { AgeFrom = old.AgeFrom + Second }));
    }

    [Theory]
    [InlineData(99.99, BlockReason.AmountTooLow)]
    [InlineData(100, null)]
    [InlineData(200, null)]
    [InlineData(200.01, BlockReason.AmountTooHigh)]
    public void Amount_limits_include_themselves(double amount, BlockReason? reason)
    {
        var facts = Callable.WithSettings(settings => settings with { MinAmount = 100, MaxAmount = 200 }) with { Amount = new((decimal)amount, "CNY") };
        AssertReason(reason, Decide(facts));
    }

    [Theory]
    [InlineData("Masked", false, BlockReason.NumberMasked)]
    [InlineData("Invalid", false, BlockReason.NumberInvalid)]
    [InlineData("Missing", false, BlockReason.NumberMissing)]
    [InlineData("Privacy", true, null)]
    [InlineData("Landline", true, null)]
    [InlineData("Foreign", true, null)]
    public void Only_a_number_that_can_be_dialed_is_called(string kind, bool number, BlockReason? reason) =>
        AssertReason(reason, Decide(Callable with { PhoneKind = kind, PhoneKey = number ? PlanningScene.Key("1") : null }));

    [Fact]
    public void A_privacy_number_is_dead_from_the_moment_it_expires()
    {
        Assert.Equal(Blocked(BlockReason.NumberExpired), Decide(Callable with { PhoneKind = "Privacy", PhoneExpiresAt = Now }));
        Assert.IsType<Eligibility.Eligible>(Decide(Callable with { PhoneKind = "Privacy", PhoneExpiresAt = Now + Second }));
    }

    [Fact]
    public void Nobody_is_called_whose_zone_is_unknown() => Assert.Equal(Blocked(BlockReason.ZoneUnknown), Decide(Callable with { Zone = null }));

    [Theory]
    [InlineData(false, 12 * 60, null)]
    [InlineData(false, (12 * 60) + 1, BlockReason.DataTooOld)]
    [InlineData(true, 15, null)]
    [InlineData(true, 16, BlockReason.DataTooOld)]
    public void Data_may_be_twelve_hours_old_from_files_and_fifteen_minutes_from_the_api(bool api, int minutes, BlockReason? reason) =>
        AssertReason(reason, Decide(Callable with { FromApi = api, AsOf = Now - TimeSpan.FromMinutes(minutes) }));

    [Fact]
    public void A_campaigns_own_limit_of_data_age_holds_for_files_and_api_alike()
    {
        var facts = Callable.WithSettings(settings => settings with { MaxDataAge = TimeSpan.FromHours(2) }) with { AsOf = Now - TimeSpan.FromHours(2) };
        Assert.IsType<Eligibility.Eligible>(Decide(facts with { FromApi = true }));
        Assert.Equal(Blocked(BlockReason.DataTooOld), Decide(facts with { AsOf = facts.AsOf - Second }));
    }

    [Fact]
    public void Data_age_counts_to_when_the_facts_were_read_not_to_the_window_ahead() =>
        Assert.IsType<Eligibility.Eligible>(EligibilityPolicy.Decide(Callable with { FromApi = true, AsOf = Now }, Now.AddHours(5)));

    [Fact]
    public void Do_not_call_is_for_good() =>
        Assert.Equal(Blocked(BlockReason.DoNotCall), Decide(Callable with { Suppression = new(Guid.Empty, "Phone", true, "asked", null) }));

    [Fact]
    public void A_suppression_holds_up_to_the_moment_it_expires()
    {
        var facts = Callable with { Suppression = new(Guid.Empty, "Order", false, "dispute", Now + Second) };
        Assert.Equal(Blocked(BlockReason.Suppressed, Now + Second), Decide(facts));
        Assert.IsType<Eligibility.Eligible>(EligibilityPolicy.Decide(facts, Now + Second));
        Assert.Equal(Blocked(BlockReason.Suppressed), Decide(facts with { Suppression = facts.Suppression! with { ExpiresAt = null } }));
    }

    [Fact]
    public void A_spent_right_is_spent() => Assert.Equal(Blocked(BlockReason.RightSpent), Decide(Callable with { SpentAt = Now.AddDays(-30) }));

    [Theory]
    [InlineData(CallKind.Promised)]
    [InlineData(CallKind.Repair)]
    [InlineData(CallKind.Technical)]
    [InlineData(CallKind.Released)]
    public void A_grant_opens_one_further_call_between_its_moments(CallKind kind)
    {
        var grant = new GrantFact(2, kind, Now, Now + (2 * Second), Approved: true);
        var facts = Callable with { SpentAt = Now.AddHours(-3), Grants = [grant] };
        Assert.Equal(Blocked(BlockReason.GrantNotDue, Now), EligibilityPolicy.Decide(facts, Now - Second));
        Assert.Equal(new Eligibility.Eligible(kind, 2, grant.ExpiresAt), EligibilityPolicy.Decide(facts, Now));
        Assert.Equal(Blocked(BlockReason.GrantExpired), EligibilityPolicy.Decide(facts, grant.ExpiresAt));
    }

    [Fact]
    public void A_release_counts_only_when_another_person_approved_it() =>
        Assert.Equal(
            Blocked(BlockReason.GrantNotApproved),
            Decide(Callable with { SpentAt = Now.AddDays(-9), Grants = [new(1, CallKind.Released, Now.AddHours(-1), Now.AddHours(1), Approved: false)] }));

    [Fact]
    public void A_promised_call_is_kept_between_two_windows_but_not_at_night()
    {
        var noon = new DateTimeOffset(2026, 3, 16, 5, 30, 0, TimeSpan.Zero);
        var facts = Callable with { SpentAt = Now.AddHours(-1), Grants = [new(1, CallKind.Promised, Now, Now.AddHours(20), Approved: true)] };
        Assert.IsType<Eligibility.Eligible>(EligibilityPolicy.Decide(facts, noon));
        Assert.Equal(BlockReason.WindowClosed, Assert.IsType<Eligibility.Blocked>(EligibilityPolicy.Decide(facts, noon.AddHours(9))).Reason);
        var repair = facts with { Grants = [facts.Grants[0] with { Kind = CallKind.Repair }] };
        Assert.Equal(BlockReason.WindowClosed, Assert.IsType<Eligibility.Blocked>(EligibilityPolicy.Decide(repair, noon)).Reason);
    }

    [Theory]
    [InlineData(CallKind.Promised, null)]
    [InlineData(CallKind.Repair, null)]
    [InlineData(CallKind.Technical, BlockReason.PersonCapDay)]
    [InlineData(CallKind.Released, BlockReason.PersonCapDay)]
    public void Caps_do_not_stand_against_what_the_customer_was_told(CallKind kind, BlockReason? reason) => AssertReason(reason, Decide(Callable with
    {
        SpentAt = Now.AddHours(-3),
        Grants = [new(1, kind, Now, Now.AddHours(1), Approved: true)],
        PersonCalls = [new(Now.AddHours(-3), false)],
    }));

    [Theory]
    [InlineData("23:59:59", BlockReason.PersonCapDay, "00:00:01")]
    [InlineData("1.00:00:00", null, null)]
    public void One_call_a_day_counts_back_twenty_four_hours(string ago, BlockReason? reason, string? until)
    {
        var answer = Decide(Callable with { PersonCalls = [new(Now - Span(ago), false)] });
        AssertReason(reason, answer);
        Assert.Equal(until is null ? null : Now + Span(until), (answer as Eligibility.Blocked)?.Until);
    }

    [Fact]
    public void The_third_call_of_a_week_waits_until_the_first_is_seven_days_past() => Assert.Equal(
        Blocked(BlockReason.PersonCapWeek, Now.AddDays(2)),
        Decide(Callable with { PersonCalls = [new(Now.AddDays(-20), false), new(Now.AddDays(-5), false), new(Now.AddDays(-2), true)] }));

    [Fact]
    public void A_month_cap_and_a_rest_after_a_talk_hold_where_the_policy_has_them()
    {
        var month = Callable.WithPolicy(policy => policy with { CapPer30Days = 1 });
        Assert.Equal(Blocked(BlockReason.PersonCapMonth, Now.AddDays(10)), Decide(month with { PersonCalls = [new(Now.AddDays(-20), false)] }));
        var rest = Callable.WithPolicy(policy => policy with { CapPerWeek = 9, CoolDowns = new(AfterTalk: TimeSpan.FromDays(7)) });
        Assert.Equal(Blocked(BlockReason.CoolDown, Now.AddDays(1)), Decide(rest with { PersonCalls = [new(Now.AddDays(-6), true), new(Now.AddDays(-3), false)] }));
    }

    [Fact]
    public void A_campaigns_cap_of_the_day_holds_until_the_shops_next_day()
    {
        var facts = Callable.WithSettings(settings => settings with { DailyCap = 3 });
        var full = facts with { Campaign = facts.Campaign with { CallsToday = 3 } };
        Assert.Equal(Blocked(BlockReason.CampaignCap, full.Campaign.DayEndsAt), Decide(full));
        Assert.IsType<Eligibility.Eligible>(Decide(facts with { Campaign = facts.Campaign with { CallsToday = 2 } }));
        Assert.IsType<Eligibility.Eligible>(EligibilityPolicy.Decide(full, Now.AddDays(1)));
    }

    [Fact]
    public void A_number_in_a_call_is_not_dialed() => Assert.Equal(Blocked(BlockReason.LiveCall), Decide(Callable with { LiveCall = true }));

    [Fact]
    public void A_closed_window_says_why_and_when_it_opens()
    {
        var noon = new DateTimeOffset(2026, 3, 16, 4, 0, 0, TimeSpan.Zero);
        var closed = Assert.IsType<Eligibility.Blocked>(EligibilityPolicy.Decide(Callable, noon));
        Assert.Equal((BlockReason.WindowClosed, noon.AddHours(4), ClosedReason.OutsideWindow), (closed.Reason, closed.Until, closed.Window));
    }

    [Fact]
    public void A_policy_that_asks_for_consent_blocks_surveys_and_not_reminders()
    {
        var strict = Callable.WithPolicy(policy => policy with { ConsentRequired = new HashSet<PurposeClass> { PurposeClass.Survey } });
        Assert.IsType<Eligibility.Eligible>(Decide(strict));
        var survey = strict.WithCampaign(campaign => campaign with { Purpose = Purpose.DeliveryCallBack }) with { Status = OrderStatus.Delivered };
        Assert.Equal(Blocked(BlockReason.ConsentMissing), Decide(survey));
    }

    [Fact]
    public void The_share_that_is_not_called_is_near_its_percentage_and_the_same_every_time()
    {
        var facts = Callable.WithSettings(settings => settings with { HoldoutPercent = 20 });
        var persons = Enumerable.Range(0, 5_000).Select(i => facts with { BuyerKey = PlanningScene.Key($"buyer {i}") }).ToList();
        var held = persons.Where(EligibilityPolicy.HeldOut).ToList();
        Assert.InRange(held.Count, 900, 1_100);
        Assert.All(held, person => Assert.Equal(Blocked(BlockReason.HeldOut), Decide(person)));
        Assert.All(held, person => Assert.True(EligibilityPolicy.HeldOut(person with { PhoneKey = PlanningScene.Key("another number") })));
        Assert.DoesNotContain(persons, person => EligibilityPolicy.HeldOut(person.WithSettings(settings => settings with { HoldoutPercent = 0 })));
    }

    [Fact]
    public void The_lasting_reason_is_named_before_the_passing_one()
    {
        var facts = Callable with { LiveCall = true, AsOf = Now.AddDays(-2), Suppression = new(Guid.Empty, "Phone", true, "asked", null) };
        Assert.Equal(Blocked(BlockReason.DoNotCall), Decide(facts));
        Assert.Equal(Blocked(BlockReason.OrderPaid), Decide(facts with { Status = OrderStatus.Paid }));
        Assert.Equal(Blocked(BlockReason.DataTooOld), Decide(facts with { Suppression = null }));
    }

    private static Eligibility Decide(CallFacts facts) => EligibilityPolicy.Decide(facts, Now);

    private static Eligibility.Blocked Blocked(BlockReason reason, DateTimeOffset? until = null) => new(reason, until);

    private static TimeSpan Span(string text) => TimeSpan.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static void AssertReason(BlockReason? reason, Eligibility answer) => Assert.Equal(reason, (answer as Eligibility.Blocked)?.Reason);
}
