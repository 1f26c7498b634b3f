using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Callback.Database.PersonalData;

/// <summary>
/// Encrypts personal data for one place in the database (AES-256-GCM; the shop, table, column and row are bound in, so a ciphertext that was moved does not open)
/// and makes blind indexes for equality (HMAC-SHA-256 with a key per shop).
/// Form of a ciphertext: 1 byte length of the key id, key id, 12 bytes nonce, 16 bytes tag, data.
/// </summary>
public sealed class PersonalDataVault(Keyring keyring) : IDisposable
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly ConcurrentDictionary<ShopId, byte[]> indexKeys = new();

    // Setting a cipher or a hash up costs more than using it once; neither may be shared by threads.
    private readonly ThreadLocal<AesGcm> sealer = new(() => new AesGcm(keyring.Encryption[keyring.Current], TagBytes));
    private readonly ThreadLocal<(ShopId Shop, IncrementalHash Hash)> lastIndex = new();

    public void Dispose()
    {
        sealer.Dispose();
        lastIndex.Dispose();
    }

    /// <param name="place">Where the value is kept.</param>
    /// <param name="text">The value in clear.</param>
    public byte[] Encrypt(DataPlace place, string text)
    {
        var keyId = Encoding.ASCII.GetBytes(keyring.Current);
        var data = Encoding.UTF8.GetBytes(text);
        var cipher = new byte[1 + keyId.Length + NonceBytes + TagBytes + data.Length];
        cipher[0] = (byte)keyId.Length;
        keyId.CopyTo(cipher, 1);
        var nonce = cipher.AsSpan(1 + keyId.Length, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        sealer.Value!.Encrypt(nonce, data, cipher.AsSpan(^data.Length..), cipher.AsSpan(1 + keyId.Length + NonceBytes, TagBytes), place.Bytes());
        return cipher;
    }

    /// <exception cref="CryptographicException">The ciphertext was changed, moved from another place, or its key is not in the keyring.</exception>
    public string Decrypt(DataPlace place, byte[] cipher)
    {
        var idLength = cipher.Length == 0 ? 0 : cipher[0];
        var head = 1 + idLength + NonceBytes + TagBytes;
        if (idLength == 0 || cipher.Length < head)
            throw new CryptographicException("Not a ciphertext of this program.");
        var keyId = Encoding.ASCII.GetString(cipher, 1, idLength);
        if (!keyring.Encryption.TryGetValue(keyId, out var key))
            throw new CryptographicException($"The key '{keyId}' is not in the keyring.");
        var data = new byte[cipher.Length - head];
        using var aes = new AesGcm(key, TagBytes);
        aes.Decrypt(cipher.AsSpan(1 + idLength, NonceBytes), cipher.AsSpan(head), cipher.AsSpan(1 + idLength + NonceBytes, TagBytes), data, place.Bytes());
        return Encoding.UTF8.GetString(data);
    }

    /// <summary>The person key of a number: the same number in the same shop always gives the same 32 bytes.</summary>
    public byte[] PhoneKey(ShopId shop, PhoneNumber phone) => BlindIndex(shop, "phone:" + phone.Canonical);

    /// <summary>The person key of a platform's buyer id, compared without case and width.</summary>
    public byte[] BuyerKey(ShopId shop, string buyerId) =>
        BlindIndex(shop, "buyer:" + buyerId.Normalize(NormalizationForm.FormKC).Trim().ToUpperInvariant());

    /// <summary>Marks an address of ours so that nobody else can make one up: 32 bytes, the same for the same words until the keyring's root changes.</summary>
    public byte[] AddressMark(string words) =>
        HMACSHA256.HashData(HKDF.DeriveKey(HashAlgorithmName.SHA256, keyring.Index, 32, info: "address"u8.ToArray()), Encoding.UTF8.GetBytes(words));

    private byte[] BlindIndex(ShopId shop, string text)
    {
        if (lastIndex.Value.Hash is null || lastIndex.Value.Shop != shop)
        {
            lastIndex.Value.Hash?.Dispose();
            lastIndex.Value = (shop, IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, IndexKey(shop)));
        }
        var hash = lastIndex.Value.Hash;
        hash.AppendData(Encoding.UTF8.GetBytes(text));
        return hash.GetHashAndReset();
    }

    private byte[] IndexKey(ShopId shop) =>
        indexKeys.GetOrAdd(shop, id => HKDF.DeriveKey(HashAlgorithmName.SHA256, keyring.Index, 32, info: Encoding.UTF8.GetBytes("blind:" + id.Value)));
}

/// <summary>The place of an encrypted value, for example (shop, "orders", "phone_cipher", order number).</summary>
public readonly record struct DataPlace(string Shop, string Table, string Column, string Row)
{
    public static DataPlace OrderPhone(ShopId shop, string orderNo) => new(shop.Value, "orders", "phone_cipher", orderNo);

    public static DataPlace AttemptPhone(ShopId shop, Guid attemptId) => new(shop.Value, "attempts", "phone_cipher", attemptId.ToString());

    public static DataPlace AttemptCaller(ShopId shop, Guid attemptId) => new(shop.Value, "attempts", "caller_cipher", attemptId.ToString());

    public static DataPlace AgentLeg(ShopId shop, Guid agentId) => new(shop.Value, "agent_legs", "address_cipher", agentId.ToString());

    public static DataPlace CallerId(ShopId shop, string line) => new(shop.Value, "line_settings", "caller_id_cipher", line);

    internal byte[] Bytes() => Encoding.UTF8.GetBytes($"{Shop}\0{Table}\0{Column}\0{Row}");
}
