using Callback.Compensation;

namespace Callback.Tests.Compensation;

/// <summary>What each promise pays, as the shop's manual has it.</summary>
public sealed class PromisePolicyTests
{
    [Fact]
    public void Counterfeit_goods_pay_the_price_back_twice_the_price_on_top_and_the_freight()
    {
        var owed = Claims.Of(PromiseKind.GenuineOrTriple, Claims.Case(89.90m) with { Freight = 12.5m });

        Assert.Equal((OwedState.Owed, "not-genuine", "Refund"), (owed.State, owed.Why, owed.Task));
        Assert.Equal((89.90m, 179.80m, 12.50m, 282.20m), (owed.Part("refund"), owed.Part("extra"), owed.Part("freight"), owed.Amount));
    }

    [Fact]
    public void What_was_refunded_before_is_not_refunded_again_but_the_price_on_top_stays_whole()
    {
        var owed = Claims.Of(PromiseKind.GenuineOrTriple, Claims.Case() with { Refunded = 130 });

        Assert.Equal((0m, 200m), (owed.Part("refund"), owed.Part("extra")));
    }

    [Fact]
    public void A_suspicion_is_no_proof_and_unknown_freight_no_nought()
    {
        var owed = Claims.Of(PromiseKind.GenuineOrTriple, Claims.Case() with { Proven = false, Freight = null });

        Assert.Equal(OwedState.Undecided, owed.State);
        Assert.Equal(["proof", "freight"], owed.Missing);
    }

    [Fact]
    public void Faulty_goods_pay_the_price_back_and_what_was_agreed()
    {
        var owed = Claims.Of(PromiseKind.Quality, Claims.Case() with { Agreed = 20 });

        Assert.Equal((OwedState.Owed, 100m, 20m), (owed.State, owed.Part("refund"), owed.Part("agreed")));
    }

    [Theory]
    [InlineData(true, OwedState.NotOwed, "receipt-confirmed")]
    [InlineData(false, OwedState.Owed, "faulty")]
    [InlineData(null, OwedState.Undecided, "faulty")]
    public void Quality_is_promised_until_the_receipt_is_confirmed(bool? confirmed, OwedState state, string why)
    {
        var owed = Claims.Of(PromiseKind.Quality, Claims.Case() with { ReceiptConfirmed = confirmed });

        Assert.Equal((state, why), (owed.State, owed.Why));
    }

    [Theory]
    [InlineData(10, 1)]
    [InlineData(20, 1)]
    [InlineData(20.1, 1.01)]
    [InlineData(100, 5)]
    [InlineData(88.1, 4.41)]
    [InlineData(599.9, 30)]
    [InlineData(600, 30)]
    [InlineData(99999, 30)]
    public void Late_shipping_pays_five_percent_between_one_and_thirty(double paid, double owed) =>
        Assert.Equal((decimal)owed, Claims.Of(PromiseKind.ShippingTime, Claims.Case((decimal)paid) with { ShippedAt = Claims.Noon }).Amount);

    [Theory]
    [InlineData(48, 0, OwedState.NotOwed, "shipped-in-time")]
    [InlineData(48, 1, OwedState.Owed, "shipped-late")]
    [InlineData(47, 0, OwedState.NotOwed, "shipped-in-time")]
    public void Shipped_in_the_last_moment_is_shipped_in_time(int hours, int ticks, OwedState state, string why)
    {
        var claim = Claims.Case();

        var owed = Claims.Of(PromiseKind.ShippingTime, claim with { ShippedAt = claim.PaidAt!.Value.AddHours(hours).AddTicks(ticks) });

        Assert.Equal((state, why), (owed.State, owed.Why));
        Assert.Equal(state == OwedState.Owed ? TimeSpan.FromTicks(ticks) : null, owed.LateBy);
    }

    [Fact]
    public void What_is_not_shipped_yet_is_late_once_its_time_is_over()
    {
        var waiting = Claims.Case() with { ShippedAt = null, PaidAt = Claims.Noon.AddHours(-47) };

        Assert.Equal("still-in-time", Claims.Of(PromiseKind.ShippingTime, waiting).Why);
        var late = Claims.Of(PromiseKind.ShippingTime, waiting with { Now = Claims.Noon.AddHours(3) });
        Assert.Equal((OwedState.Owed, "not-shipped-late", TimeSpan.FromHours(2)), (late.State, late.Why, late.LateBy));
        Assert.Equal("refunded-unshipped", Claims.Of(PromiseKind.ShippingTime, waiting with { Now = Claims.Noon.AddHours(3), Refunded = 100 }).Why);
    }

    [Fact]
    public void Shipping_time_needs_no_claim_but_the_moment_of_the_payment()
    {
        var owed = Claims.Of(PromiseKind.ShippingTime, Claims.Case() with { Claimed = false, PaidAt = null });

        Assert.Equal((OwedState.Undecided, "paid-at"), (owed.State, owed.Missing.Single()));
        Assert.Equal(OwedState.Owed, Claims.Of(PromiseKind.ShippingTime, Claims.Case() with { Claimed = false, ShippedAt = Claims.Noon }).State);
    }

    /// <summary>Delivered on the 10th: the seven days are the 11th to the 17th, to midnight in Shanghai.</summary>
    [Theory]
    [InlineData("2026-11-17T23:59:59+08:00", OwedState.Owed)]
    [InlineData("2026-11-18T00:00:00+08:00", OwedState.NotOwed)]
    public void Seven_days_to_return_end_at_midnight_of_the_seventh_day_after_delivery(string now, OwedState state)
    {
        var claim = Claims.Case(now: At(now)) with { DeliveredAt = At("2026-11-10T09:30:00+08:00") };

        var owed = Claims.Of(PromiseKind.Return, claim);

        Assert.Equal(state, owed.State);
        Assert.Equal(At("2026-11-18T00:00:00+08:00"), owed.Dates.Single(date => date.Code == "return-until").At);
    }

    [Fact]
    public void A_return_pays_freight_only_where_the_shop_promised_it()
    {
        var terms = Claims.Terms<ReturnTerms>(PromiseKind.Return);
        var claim = Claims.Case() with { Freight = 8 };

        Assert.Equal(100m, ReturnPolicy.Of(terms with { Freight = false }, claim).Amount);
        Assert.Equal(108m, ReturnPolicy.Of(terms with { Freight = true }, claim).Amount);
    }

    [Fact]
    public void A_return_of_what_has_no_delivery_date_waits_for_it() =>
        Assert.Equal(["delivered-at"], Claims.Of(PromiseKind.Return, Claims.Case() with { DeliveredAt = null }).Missing);

    [Fact]
    public void What_has_not_arrived_is_not_returned() =>
        Assert.Equal("not-delivered", Claims.Of(PromiseKind.Return, Claims.Case() with { Delivered = false, DeliveredAt = null }).Why);

    [Fact]
    public void Broken_on_the_way_is_sent_again_once_and_then_taken_back()
    {
        var first = Claims.Of(PromiseKind.DamagedInTransit, Claims.Case() with { Freight = 6 });
        var second = Claims.Of(PromiseKind.DamagedInTransit, Claims.Case() with { EarlierReshipments = 1, GivenBefore = true });

        Assert.Equal(("Reship", "damaged", 6m), (first.Task, first.Why, first.Amount));
        Assert.Equal(("Refund", "damaged-again", 100m), (second.Task, second.Why, second.Amount));
    }

    [Theory]
    [InlineData("2026-11-16T23:59:59+08:00", OwedState.Owed)]
    [InlineData("2026-11-17T00:00:00+08:00", OwedState.NotOwed)]
    public void Arrival_is_claimed_within_fifteen_days_of_the_orders_closing(string now, OwedState state)
    {
        var owed = Claims.Of(PromiseKind.Arrival, Claims.Case(now: At(now)) with { ClosedAt = At("2026-11-01T20:00:00+08:00"), Freight = 10 });

        Assert.Equal(state, owed.State);
        Assert.Equal(state == OwedState.Owed ? 310m : 0m, owed.Amount);
    }

    [Fact]
    public void An_order_that_is_not_over_yet_can_be_claimed_at_any_time() =>
        Assert.Equal(OwedState.Owed, Claims.Of(PromiseKind.Arrival, Claims.Case() with { ClosedAt = null }).State);

    [Theory]
    [InlineData(PromiseKind.CourierApology, 10, "ApologyVoucher")]
    [InlineData(PromiseKind.SurveyThanks, 5, "SurveyVoucher")]
    public void Vouchers_have_their_fixed_amounts(PromiseKind kind, double amount, string task)
    {
        var owed = Claims.Of(kind, Claims.Case(0));

        Assert.Equal((OwedState.Owed, (decimal)amount, task), (owed.State, owed.Amount, owed.Task));
    }

    [Fact]
    public void A_currency_without_figures_is_for_a_manager_to_decide() =>
        Assert.Equal(["figures"], Claims.Of(PromiseKind.CourierApology, Claims.Case() with { Currency = "SEK" }).Missing);

    [Theory]
    [InlineData(PromiseKind.GenuineOrTriple)]
    [InlineData(PromiseKind.Quality)]
    [InlineData(PromiseKind.Return)]
    [InlineData(PromiseKind.DamagedInTransit)]
    [InlineData(PromiseKind.Arrival)]
    [InlineData(PromiseKind.CourierApology)]
    [InlineData(PromiseKind.SurveyThanks)]
    public void Nothing_is_owed_that_nobody_asks_for(PromiseKind kind)
    {
        var owed = Claims.Of(kind, Claims.Case() with { Claimed = false });

        Assert.Equal((OwedState.NotOwed, "not-claimed", 0m), (owed.State, owed.Why, owed.Amount));
    }

    [Theory]
    [InlineData(PromiseKind.GenuineOrTriple)]
    [InlineData(PromiseKind.Quality)]
    [InlineData(PromiseKind.ShippingTime)]
    [InlineData(PromiseKind.Return)]
    [InlineData(PromiseKind.DamagedInTransit)]
    [InlineData(PromiseKind.Arrival)]
    public void An_order_that_was_never_paid_is_owed_nothing_of_its_price(PromiseKind kind) =>
        Assert.Equal((OwedState.NotOwed, "not-paid"), (Claims.Of(kind, Claims.Case(0)).State, Claims.Of(kind, Claims.Case(0)).Why));

    [Fact]
    public void A_promise_the_shop_does_not_make_pays_nothing_and_one_that_was_kept_is_not_kept_again()
    {
        Assert.All(Claims.Book.Terms, terms => Assert.Equal("off", EntitlementPolicy.Of(terms, isOn: false, Claims.Case()).Why));
        Assert.All(
            Claims.Book.Terms.Where(terms => terms is not DamageTerms),
            terms => Assert.Equal("given-before", EntitlementPolicy.Of(terms, isOn: true, Claims.Case() with { GivenBefore = true }).Why));
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture).ToUniversalTime();
}
