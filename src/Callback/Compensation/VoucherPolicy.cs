namespace Callback.Compensation;

/// <summary>A voucher of a fixed amount for a courier's fault, or as thanks for answering.</summary>
public static class VoucherPolicy
{
    public static Entitlement Of(VoucherTerms terms, ClaimCase claim)
    {
        if (!claim.Claimed)
            return Entitlement.None(terms.Kind, claim, "not-claimed");
        var why = terms.Kind == PromiseKind.SurveyThanks ? "took-part" : "courier-fault";
        return terms.Amount.Of(claim.Currency) is { } amount
            ? Entitlement.Of(terms, claim, why, [new("voucher", RoundingPolicy.Round(amount, claim.Currency))], [])
            : Entitlement.Of(terms, claim, why, [], ["figures"]);
    }
}
