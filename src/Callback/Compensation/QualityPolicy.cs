namespace Callback.Compensation;

/// <summary>Faulty goods: the price back and what was agreed on, as long as the customer has not confirmed the receipt.</summary>
public static class QualityPolicy
{
    public static Entitlement Of(QualityTerms terms, ClaimCase claim)
    {
        if (!claim.Claimed)
            return Entitlement.None(terms.Kind, claim, "not-claimed");
        if (claim.Paid <= 0)
            return Entitlement.None(terms.Kind, claim, "not-paid");
        if (claim.ReceiptConfirmed == true)
            return Entitlement.None(terms.Kind, claim, "receipt-confirmed");
        List<string> missing = [];
        if (!claim.Proven)
            missing.Add("proof");
        if (claim.ReceiptConfirmed is null)
            missing.Add("receipt");
        List<OwedPart> parts = [new("refund", RoundingPolicy.Round(claim.Refundable, claim.Currency))];
        if (claim.Agreed is not { } agreed)
            missing.Add("agreed");
        else if (agreed > 0)
            parts.Add(new("agreed", RoundingPolicy.Round(agreed, claim.Currency)));
        return Entitlement.Of(terms, claim, "faulty", parts, missing);
    }
}
