using System.Security.Cryptography;
using System.Text;

namespace Callback.Accounts;

/// <summary>Random secrets that are handed out once and kept as a hash only.</summary>
public static class OneTimeSecret
{
    // Without 0/O and 1/I/L, so that a code read from a screen or a note can be typed.
    private const string Alphabet = "abcdefghjkmnpqrstuvwxyz23456789";

    /// <summary>Groups of four letters and digits, about 5 bits each: 4 groups for a password, 5 for a recovery code.</summary>
    public static string Readable(int groups) =>
        string.Join('-', Enumerable.Range(0, groups).Select(_ => RandomNumberGenerator.GetString(Alphabet, 4)));

    /// <summary>32 random bytes in base64url: 43 characters.</summary>
    public static string Token() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    /// <summary>Enough for secrets of this length, which nobody can guess; never for passwords that people choose.</summary>
    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
