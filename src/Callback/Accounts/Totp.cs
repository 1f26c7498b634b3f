using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Callback.Accounts;

/// <summary>Time-based one-time codes as authenticator apps make them: RFC 6238 with HMAC-SHA-1, six digits, steps of 30 seconds.</summary>
public static class Totp
{
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>20 random bytes in base32.</summary>
    public static string NewSecret() => ToBase32(RandomNumberGenerator.GetBytes(20));

    public static long StepAt(DateTimeOffset now) => now.ToUnixTimeSeconds() / 30;

    public static string CodeAt(string secret, long step) => Code(FromBase32(secret), step, digits: 6);

    /// <returns>The step whose code it is (the present one, the one before or after, for clocks that differ), or null.</returns>
    public static long? MatchingStep(string secret, string code, DateTimeOffset now)
    {
        var given = Encoding.ASCII.GetBytes(code);
        long? match = null;
        foreach (var step in new[] { StepAt(now) - 1, StepAt(now), StepAt(now) + 1 })
        {
            if (CryptographicOperations.FixedTimeEquals(given, Encoding.ASCII.GetBytes(CodeAt(secret, step))))
                match = step;
        }
        return match;
    }

    /// <summary>What an authenticator app reads from a link or a picture.</summary>
    public static string Link(string issuer, string name, string secret) =>
        $"otpauth://totp/{Uri.EscapeDataString(issuer)}:{Uri.EscapeDataString(name)}?secret={secret}&issuer={Uri.EscapeDataString(issuer)}";

    internal static string Code(byte[] key, long step, int digits)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // SHA-1 is what the apps speak; as an HMAC it is sound.
        var mac = HMACSHA1.HashData(key, counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(mac.AsSpan(mac[^1] & 15, 4)) & int.MaxValue;
        return (number % (int)Math.Pow(10, digits)).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
    }

    private static string ToBase32(byte[] bytes)
    {
        var text = new StringBuilder();
        for (var bit = 0; bit < bytes.Length * 8; bit += 5)
            text.Append(Base32[Enumerable.Range(bit, 5).Aggregate(0, (value, at) => (value << 1) | Bit(bytes, at))]);
        return text.ToString();
    }

    private static byte[] FromBase32(string text)
    {
        var bytes = new byte[text.Length * 5 / 8];
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            if ((Base32.IndexOf(text[bit / 5], StringComparison.Ordinal) >> (4 - (bit % 5)) & 1) == 1)
                bytes[bit / 8] |= (byte)(0x80 >> (bit % 8));
        }
        return bytes;
    }

    private static int Bit(byte[] bytes, int at) => at / 8 < bytes.Length ? (bytes[at / 8] >> (7 - (at % 8))) & 1 : 0;
}
