namespace Callback.Compensation;

/// <summary>Which promise says what about a case.</summary>
public static class EntitlementPolicy
{
    /// <param name="isOn">The shop makes this promise.</param>
    public static Entitlement Of(PromiseTerms terms, bool isOn, ClaimCase claim)
    {
        if (!isOn)
            return Entitlement.None(terms.Kind, claim, "off");
        // A second part breaking is a case of its own; every other promise is kept once an order.
        if (claim.GivenBefore && terms is not DamageTerms)
            return Entitlement.None(terms.Kind, claim, "given-before");
        return terms switch
        {
            MultipleTerms multiple => MultiplePolicy.Of(multiple, claim),
            QualityTerms quality => QualityPolicy.Of(quality, claim),
            ShippingTerms shipping => ShippingTimePolicy.Of(shipping, claim),
            ReturnTerms back => ReturnPolicy.Of(back, claim),
            DamageTerms damage => TransitDamagePolicy.Of(damage, claim),
            VoucherTerms voucher => VoucherPolicy.Of(voucher, claim),
            _ => throw new ArgumentOutOfRangeException(nameof(terms), terms, "A promise is one of these."),
        };
    }
}
