using Callback.Compensation;
using FsCheck;
using FsCheck.Fluent;

namespace Callback.Tests.Compensation;

/// <summary>What holds for every amount and every moment.</summary>
public sealed class PromiseProperties
{
    private static readonly Gen<decimal> Fen = Gen.Choose(0, 2_000_000).Select(fen => fen / 100m);

    private static readonly Gen<DateTimeOffset> Moment = Gen.Choose(-4_000_000, 4_000_000).Select(seconds => Claims.Noon.AddSeconds(seconds));

    private static readonly Gen<ClaimCase> Case =
        from paid in Fen
        from refunded in Fen
        from freight in Gen.OneOf(Gen.Constant<decimal?>(null), Gen.Choose(0, 5_000_000).Select(n => (decimal?)(n / 1000m)))
        from agreed in Gen.OneOf(Gen.Constant<decimal?>(null), Gen.Choose(0, 500_000).Select(n => (decimal?)(n / 1000m)))
        from paidAt in Moment
        from shipped in Gen.OneOf(Gen.Constant<DateTimeOffset?>(null), Moment.Select(at => (DateTimeOffset?)at))
        from delivered in Gen.OneOf(Gen.Constant<DateTimeOffset?>(null), Moment.Select(at => (DateTimeOffset?)at))
        from now in Moment
        from flags in Gen.Choose(0, 15)
        select Claims.Case(paid, now) with
        {
            Refunded = refunded,
            Freight = freight,
            Agreed = agreed,
            PaidAt = paidAt,
            ShippedAt = shipped,
            DeliveredAt = delivered,
            ClosedAt = delivered,
            Claimed = (flags & 1) == 1,
            Proven = (flags & 2) == 2,
            ReceiptConfirmed = (flags & 4) == 4 ? null : false,
            EarlierReshipments = flags >> 3,
        };

    private static readonly Gen<PromiseKind> Kind = Gen.Elements(Enum.GetValues<PromiseKind>());

    [Fact]
    public void Every_part_is_whole_fen_and_none_is_below_nought() =>
        Prop.ForAll((from kind in Kind from claim in Case select Claims.Of(kind, claim)).ToArbitrary(), owed =>
            owed.Parts.All(part => part.Amount >= 0 && decimal.Round(part.Amount, 2) == part.Amount)).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_owed_has_a_task_and_misses_nothing_and_what_is_not_owed_pays_nothing() =>
        Prop.ForAll((from kind in Kind from claim in Case select Claims.Of(kind, claim)).ToArbitrary(), owed => owed.State switch
        {
            OwedState.Owed => owed.Task is not null && owed.Missing.Count == 0,
            OwedState.Undecided => owed.Missing.Count > 0,
            _ => owed.Amount == 0 && owed.Task is null,
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Late_shipping_stays_between_its_limits_and_grows_with_what_was_paid() =>
        Prop.ForAll(Fen.Two().ToArbitrary(), pair =>
        {
            var (less, more) = (Math.Min(pair.Item1, pair.Item2) + 0.01m, Math.Max(pair.Item1, pair.Item2) + 0.01m);
            var (small, great) = (Late(less), Late(more));
            return small is >= 1 and <= 30 && great is >= 1 and <= 30 && small <= great;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Later_shipping_never_loses_a_claim_and_a_later_return_never_gains_one() =>
        Prop.ForAll((from claim in Case from first in Moment from second in Moment select (claim, first, second)).ToArbitrary(), sample =>
        {
            var (early, late) = sample.first < sample.second ? (sample.first, sample.second) : (sample.second, sample.first);
            var shipping = Rank(PromiseKind.ShippingTime, sample.claim with { ShippedAt = early }) <= Rank(PromiseKind.ShippingTime, sample.claim with { ShippedAt = late });
            var back = Rank(PromiseKind.Return, sample.claim with { Now = early }) >= Rank(PromiseKind.Return, sample.claim with { Now = late });
            var arrival = Rank(PromiseKind.Arrival, sample.claim with { Now = early }) >= Rank(PromiseKind.Arrival, sample.claim with { Now = late });
            return shipping && back && arrival;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Rounding_goes_to_the_nearest_minor_unit_and_halves_away_from_zero() =>
        Prop.ForAll(Gen.Choose(-9_999_999, 9_999_999).ToArbitrary(), tenths =>
        {
            var amount = tenths / 1000m;
            var rounded = RoundingPolicy.Round(amount, "CNY");
            var off = Math.Abs(rounded - amount);
            return off <= 0.005m && (off < 0.005m || Math.Abs(rounded) > Math.Abs(amount))
                && RoundingPolicy.Round(amount, "JPY") == Math.Round(amount, MidpointRounding.AwayFromZero);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_higher_limit_never_makes_a_grant_wait_that_did_not() =>
        Prop.ForAll((from amounts in Fen.ListOf() from limit in Fen from more in Fen from before in Fen select (amounts, limit, more, before)).ToArbitrary(), sample =>
        {
            var amounts = sample.amounts.ToList();
            var low = GrantLimitPolicy.Waits(amounts, sample.limit, sample.before);
            var high = GrantLimitPolicy.Waits(amounts, sample.limit + sample.more, sample.before);
            return low.Zip(high).All(pair => pair.First || !pair.Second);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_given_without_a_manager_stays_within_the_limit_however_it_is_split() =>
        Prop.ForAll((from amounts in Fen.ListOf() from limit in Fen from before in Fen select (amounts, limit, before)).ToArbitrary(), sample =>
        {
            var amounts = sample.amounts.ToList();
            var waits = GrantLimitPolicy.Waits(amounts, sample.limit, sample.before);
            var alone = amounts.Where((_, place) => !waits[place]).Sum();
            return alone == 0 || sample.before + alone <= sample.limit;
        }).QuickCheckThrowOnFailure();

    private static decimal Late(decimal paid) => Claims.Of(PromiseKind.ShippingTime, Claims.Case(paid) with { ShippedAt = Claims.Noon }).Amount;

    private static int Rank(PromiseKind kind, ClaimCase claim) => (int)Claims.Of(kind, claim).State;
}
