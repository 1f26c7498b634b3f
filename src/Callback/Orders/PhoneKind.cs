namespace Callback.Orders;

/// <summary>What stands in an order's phone field. Only the first four can be dialed.</summary>
public enum PhoneKind
{
    /// <summary>A Chinese mobile number.</summary>
    Mobile,

    /// <summary>A Chinese number with area code, or a 400/800 number; perhaps with an extension.</summary>
    Landline,

    /// <summary>A number of another country's plan.</summary>
    Foreign,

    /// <summary>A platform's privacy number: a host and an extension, valid for a time.</summary>
    Privacy,

    /// <summary>Hidden by the platform (<c>138****1234</c>, <c>##…</c>).</summary>
    Masked,

    /// <summary>The field is empty.</summary>
    Missing,

    /// <summary>Something stands there that is no number.</summary>
    Invalid,
}

/// <summary>A phone field, understood. <paramref name="Number"/> is null exactly when the kind cannot be dialed.</summary>
/// <param name="Region">ISO country, and the area code behind '-' where the country spans zones and the code tells the place (<c>US-212</c>).</param>
public sealed record ParsedPhone(PhoneKind Kind, PhoneNumber? Number = null, string? Region = null)
{
    public static readonly ParsedPhone Missing = new(PhoneKind.Missing);
    public static readonly ParsedPhone Masked = new(PhoneKind.Masked);
    public static readonly ParsedPhone Invalid = new(PhoneKind.Invalid);

    public bool Callable => Number is not null;
}
