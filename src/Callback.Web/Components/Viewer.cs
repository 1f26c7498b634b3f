using Callback.Accounts;

namespace Callback.Web.Components;

/// <summary>Who looks at the page, for what the frame shows of them; everything is null for a stranger.</summary>
public sealed class Viewer
{
    /// <summary>Null also while a second factor or a new password is still to come.</summary>
    public Actor? Actor { get; private set; }

    public string? DisplayName { get; private set; }

    /// <summary>The language the user chose in their settings.</summary>
    public string? Language { get; private set; }

    public bool May(Permission permission) => Actor?.May(permission) == true;

    internal void Read(SignedIn? signedIn)
    {
        Actor = signedIn is { Stage: SignInStage.Complete } ? signedIn.Actor : null;
        DisplayName = signedIn?.User?.DisplayName;
        Language = signedIn?.User?.Language;
    }
}
