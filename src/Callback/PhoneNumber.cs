namespace Callback;

/// <summary>A number that can be dialed: E.164 and, for privacy numbers, the extension to send after the host answers.</summary>
/// <param name="E164">'+' and 7–15 digits.</param>
/// <param name="Extension">1–8 digits, or null.</param>
public sealed record PhoneNumber(string E164, string? Extension = null)
{
    /// <summary>The form that is encrypted and indexed: the same host with another extension is another person.</summary>
    public string Canonical => Extension is null ? E164 : $"{E164}-{Extension}";

    /// <summary>The last four digits, which is all that is shown before the gate: of the extension too, where there is one.</summary>
    public string Last4 => E164[^4..];

    public static PhoneNumber FromCanonical(string canonical)
    {
        var dash = canonical.IndexOf('-', StringComparison.Ordinal);
        return dash < 0 ? new(canonical) : new(canonical[..dash], canonical[(dash + 1)..]);
    }

    public override string ToString() => $"…{Last4}";
}
