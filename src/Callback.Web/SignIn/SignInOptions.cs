namespace Callback.Web.SignIn;

/// <summary>How people sign in.</summary>
public sealed class SignInOptions
{
    /// <summary>A demo: its users sign in with one click and no second factor is asked. Never with real customers. Default: false.</summary>
    public bool Demo { get; set; }
}
