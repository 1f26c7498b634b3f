using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Callback.FollowUps.Log;

/// <summary>The place in the log after which the next page begins. Opaque to callers; survives rows being added above it.</summary>
public sealed record LogCursor(DateTimeOffset At, Guid AttemptId)
{
    public override string ToString() =>
        Base64Url.EncodeToString(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{At.UtcTicks}.{AttemptId:N}")));

    /// <exception cref="InvalidInputException">The text is not a cursor that a page of the log gave out.</exception>
    public static LogCursor? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        try
        {
            var parts = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(text)).Split('.');
            return new(new DateTimeOffset(long.Parse(parts[0], CultureInfo.InvariantCulture), TimeSpan.Zero), Guid.ParseExact(parts[1], "N"));
        }
        catch (Exception e) when (e is FormatException or IndexOutOfRangeException or ArgumentOutOfRangeException or OverflowException)
        {
            throw new InvalidInputException(Problem.Of("cursor-invalid", "cursor", ("value", text)));
        }
    }
}
