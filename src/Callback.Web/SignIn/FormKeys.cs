using System.Security.Cryptography;
using System.Xml.Linq;
using Callback.Auditing;
using Callback.Database;
using Callback.Database.PersonalData;
using Dapper;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Callback.Web.SignIn;

/// <summary>The keys that sign forms, in the database so that a form of one node is good at another; encrypted with the keyring.</summary>
internal sealed class FormKeys(Db db, PersonalDataVault vault, TimeProvider time) : IXmlRepository
{
    private const string InsertSql =
        """
        insert into form_keys (name, cipher, created_at)
        values (@name, @cipher, @now)
        on conflict (name) do nothing
        """;

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var connection = db.Source.OpenConnection();
        var rows = connection.Query<(string Name, byte[] Cipher)>("select name, cipher from form_keys order by created_at, name");
        return [.. rows.Select(Read).OfType<XElement>()];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var connection = db.Source.OpenConnection();
        var cipher = vault.Encrypt(Place(friendlyName), element.ToString(SaveOptions.DisableFormatting));
        connection.Execute(InsertSql, new { name = friendlyName, cipher, now = time.GetUtcNow() });
    }

    // A key under a keyring we no longer have only means that forms open in browsers are stale; a new key is made.
    private XElement? Read((string Name, byte[] Cipher) row)
    {
        try
        {
            return XElement.Parse(vault.Decrypt(Place(row.Name), row.Cipher));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static DataPlace Place(string name) => new(AuditTrail.Installation, "form_keys", "cipher", name);
}
