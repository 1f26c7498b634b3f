using System.Text.RegularExpressions;

namespace Callback.Orders;

/// <summary>
/// Reads a phone field as shops have it: Chinese mobile and landline numbers, privacy numbers with extension, masked values, foreign numbers.
/// A number is only ever read, never guessed: what does not fit the numbering plan of its country is <see cref="PhoneKind.Invalid"/>.
/// </summary>
public static partial class PhoneParser
{
    private const int LongestCell = 128;

    /// <param name="cell">The field as it stands; several numbers in one cell give the first that can be dialed.</param>
    /// <param name="country">Whose national numbers these are when no country code is written: the order's country, else the shop's.</param>
    public static ParsedPhone Parse(string? cell, string country)
    {
        var text = CellText.Fold(cell);
        if (text is null)
            return ParsedPhone.Missing;
        if (text.Length > LongestCell || Scientific().IsMatch(text))
            return ParsedPhone.Invalid;
        text = Invisible().Replace(text, "").ToUpperInvariant();
        if (text.Length == 0)
            return ParsedPhone.Missing;
        if (Masked().IsMatch(text))
            return ParsedPhone.Masked;
        return Between().Split(text).Select(part => One(part.Trim(), country)).FirstOrDefault(phone => phone.Callable) ?? ParsedPhone.Invalid;
    }

    private static ParsedPhone One(string text, string country)
    {
        var marked = MarkedExtension().Match(text);
        if (marked.Success)
            return Read(marked.Groups["number"].Value, marked.Groups["extension"].Value, country);
        var whole = Read(text, null, country);
        if (whole.Callable)
            return whole;
        var dashed = DashedExtension().Match(text);
        return dashed.Success ? Read(dashed.Groups["number"].Value, dashed.Groups["extension"].Value, country) : ParsedPhone.Invalid;
    }

    private static ParsedPhone Read(string text, string? extension, string country)
    {
        var number = text.Replace("(0)", "", StringComparison.Ordinal);
        if (!Written().IsMatch(number))
            return ParsedPhone.Invalid;
        var digits = NotADigit().Replace(number, "");
        if (number.Contains('+', StringComparison.Ordinal))
            return International(digits, extension);
        if (digits.StartsWith("00", StringComparison.Ordinal))
            return International(digits[2..], extension);
        return country == "CN" ? Chinese(digits, extension) : ForeignPlan.National(digits, extension, country);
    }

    private static ParsedPhone International(string digits, string? extension) => digits.StartsWith("86", StringComparison.Ordinal)
        ? ChineseNational(digits[2..], extension)
        : ForeignPlan.International(digits, extension);

    private static ParsedPhone Chinese(string digits, string? extension)
    {
        var national = ChineseNational(digits, extension);
        return national.Callable || !digits.StartsWith("86", StringComparison.Ordinal) ? national : ChineseNational(digits[2..], extension);
    }

    private static ParsedPhone ChineseNational(string digits, string? extension)
    {
        if (Mobile().IsMatch(digits))
            return new(extension is null ? PhoneKind.Mobile : PhoneKind.Privacy, new("+86" + digits, extension), "CN");
        var landline = digits.StartsWith('0') ? digits[1..] : digits;
        return Landline().IsMatch(landline) ? new(PhoneKind.Landline, new("+86" + landline, extension), "CN") : ParsedPhone.Invalid;
    }

    [GeneratedRegex(@"\A\d+(\.\d+)?E\+?\d+\z", RegexOptions.IgnoreCase)]
    private static partial Regex Scientific();

    // Zero-width and direction marks that copying from a chat window brings along.
    [GeneratedRegex(@"[\p{Cf}\p{Cc}]")]
    private static partial Regex Invisible();

    [GeneratedRegex(@"\*|•|●|∗|\A[#$]{2}|密文|\dX{2,}|\A[#$]")]
    private static partial Regex Masked();

    // A comma before one to six digits at the end sends an extension; every other one parts two numbers.
    [GeneratedRegex(@"[/;、|]|,(?!\s*\d{1,6}\s*\z)")]
    private static partial Regex Between();

    [GeneratedRegex(@"\A(?<number>.*\d\)?)\s*(?:[,#X_]|转|分机|EXT\.?|EXTENSION)\s*:?\s*(?<extension>\d{1,8})\z")]
    private static partial Regex MarkedExtension();

    [GeneratedRegex(@"\A(?<number>.*\d)\s*-\s*(?<extension>\d{1,8})\z")]
    private static partial Regex DashedExtension();

    [GeneratedRegex(@"\A\(?\+?[\d\s.()\-]+\z")]
    private static partial Regex Written();

    [GeneratedRegex(@"\D")]
    private static partial Regex NotADigit();

    [GeneratedRegex(@"\A1[3-9]\d{9}\z")]
    private static partial Regex Mobile();

    // Area code without its 0 and the number: 10 and 2x with 8 digits, the others with 7 or 8; 400 and 800 with 7.
    [GeneratedRegex(@"\A(?:(?:10|2[0-57-9])[2-9]\d{7}|[3-9]\d{2}[2-8]\d{6,7}|[48]00\d{7})\z")]
    private static partial Regex Landline();
}
