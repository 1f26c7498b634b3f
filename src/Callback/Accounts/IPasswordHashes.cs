namespace Callback.Accounts;

/// <summary>Turns a password into the form that is stored. The host supplies it, since the algorithm comes with ASP.NET Core Identity.</summary>
public interface IPasswordHashes
{
    string Hash(string password);
}
