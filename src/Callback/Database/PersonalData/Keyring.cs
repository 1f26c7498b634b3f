using System.Security.Cryptography;
using System.Text.Json;

namespace Callback.Database.PersonalData;

/// <summary>
/// The keys of personal data, kept outside the database: AES-256 keys by id (the newest encrypts, all decrypt) and the root of the blind indexes.
/// As JSON: <c>{"current":"k1","encryption":{"k1":"base64 of 32 bytes"},"index":"base64 of 32 bytes"}</c>.
/// </summary>
public sealed class Keyring
{
    private Keyring(string current, IReadOnlyDictionary<string, byte[]> encryption, byte[] index) =>
        (Current, Encryption, Index) = (current, encryption, index);

    internal string Current { get; }

    internal IReadOnlyDictionary<string, byte[]> Encryption { get; }

    internal byte[] Index { get; }

    /// <summary>The same for the same root of the blind indexes, and of no use to find it.</summary>
    internal byte[] Mark => HMACSHA256.HashData(Index, "callback keyring mark"u8);

    /// <summary>Nobody without the keyring can make the seal of these bytes.</summary>
    internal byte[] Seal(byte[] bytes) => HMACSHA256.HashData(HKDF.DeriveKey(HashAlgorithmName.SHA256, Index, 32, info: "backup manifest"u8.ToArray()), bytes);

    public static Keyring Create() =>
        new("k1", new Dictionary<string, byte[]> { ["k1"] = RandomNumberGenerator.GetBytes(32) }, RandomNumberGenerator.GetBytes(32));

    /// <exception cref="FormatException">Not a keyring: says which part is missing or of the wrong length.</exception>
    public static Keyring Parse(string json)
    {
        try
        {
            var form = JsonSerializer.Deserialize<Form>(json, JsonSerializerOptions.Web) ?? throw new FormatException("The keyring is empty.");
            var encryption = form.Encryption.ToDictionary(key => key.Key, key => Key(key.Key, key.Value));
            if (!encryption.ContainsKey(form.Current))
                throw new FormatException($"The keyring names '{form.Current}' as its current key and does not hold it.");
            return new(form.Current, encryption, Key("index", form.Index));
        }
        catch (JsonException e)
        {
            throw new FormatException($"The keyring is not readable as JSON: {e.Message}", e);
        }
    }

    public string ToJson() => JsonSerializer.Serialize(
        new Form(Current, Encryption.ToDictionary(key => key.Key, key => Convert.ToBase64String(key.Value)), Convert.ToBase64String(Index)),
        JsonSerializerOptions.Web);

    private static byte[] Key(string name, string base64)
    {
        var bytes = Convert.FromBase64String(base64);
        return bytes.Length == 32 ? bytes : throw new FormatException($"The key '{name}' has {bytes.Length} bytes; 32 are needed.");
    }

    private sealed record Form(string Current, Dictionary<string, string> Encryption, string Index);
}
